using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Worker.Channels.Webhook;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Webhook;

/// <summary>What a consumer of Alertmanager's webhook reads.</summary>
public sealed class AlertmanagerPayloadTests
{
    /// <summary>What the specification of the webhook advises at most.</summary>
    private const int MaxBytes = 20 * 1024;

    [Fact]
    public void Trigger_Body_IsAsReviewed() => Golden.Matches("Webhook", "alertmanager-trigger", AlertmanagerPayload.Of(Some.Trigger(), "tools"));

    [Fact]
    public void Resolve_Body_IsAsReviewed() => Golden.Matches("Webhook", "alertmanager-resolve", AlertmanagerPayload.Of(Some.Resolve(), "tools"));

    [Fact]
    public void Group_ListsItsAlertsAndCountsTheRest()
    {
        var group = Group(25, "text");
        var body = JsonNode.Parse(AlertmanagerPayload.Of(group, "tools"))!;
        Assert.Equal((20, 5, "firing"), (body["alerts"]!.AsArray().Count, (int)body["truncatedAlerts"]!, (string)body["status"]!));
        Assert.Equal(20, body["alerts"]!.AsArray().Select(alert => (string)alert!["fingerprint"]!).Distinct().Count());
    }

    /// <summary>Every field that Alertmanager's own type has, in its form, whatever the names hold, and small enough to be taken.</summary>
    [Fact]
    public void Of_AnyNames_HasEveryFieldAndFits() => Prop.ForAll(
        Gen.Elements("a", "\"", "😀", "\u0001", "<!channel>", new string('é', 5000)).Two().ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), Gen.Elements(NoticeKind.Trigger, NoticeKind.Update, NoticeKind.Resolve).ToArbitrary(),
        (names, members, kind) =>
        {
            var message = Group(members, names.Item1) with { Kind = kind, App = names.Item2, Labels = Enumerable.Range(0, 20).ToDictionary(number => $"{names.Item1}{number}", _ => names.Item2) };
            var text = AlertmanagerPayload.Of(message, "tools");
            var body = JsonNode.Parse(text)!;
            string[] fields = ["version", "groupKey", "truncatedAlerts", "status", "receiver", "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "alerts"];
            string[] ofAlert = ["status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"];
            return fields.SequenceEqual(body.AsObject().Select(field => field.Key)) && body["alerts"]!.AsArray().Count > 0
                && body["alerts"]!.AsArray().All(alert => ofAlert.SequenceEqual(alert!.AsObject().Select(field => field.Key)) && (string)alert["status"]! == (kind == NoticeKind.Resolve ? "resolved" : "firing"))
                && Encoding.UTF8.GetByteCount(text) <= MaxBytes;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    private static AlertMessage Group(int members, string text) => Some.Trigger() with
    {
        Class = "group", Members = [.. Enumerable.Range(0, members).Select(number => new MessageMember($"rule-{number}", "notes", "warning", text, Some.Trigger().Since))],
    };
}
