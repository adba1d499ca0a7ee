using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Channels.Webhook;

/// <summary>The webhook body of Alertmanager, version 4 (prometheus.io/docs/alerting/latest/configuration/#webhook_config), below the same 20 kB.</summary>
internal static class AlertmanagerPayload
{
    private const string Version = "4";

    /// <summary>The end of an alert that has none, as Go writes it.</summary>
    private const string NoEnd = "0001-01-01T00:00:00Z";

    /// <summary>Alerts of a group that are listed; the rest is counted.</summary>
    private const int MaxAlerts = 20;

    /// <summary>Labels and annotations of an alert, and characters of each: with one alert the body stays below its limit, at two bytes a character.</summary>
    private const int MaxPairs = 8;

    private const int MaxName = 40;

    private const int MaxText = 200;

    /// <summary>Largest body, as for our own.</summary>
    private const int MaxBytes = 20 * 1024;

    /// <summary>Hex digits of a fingerprint: Alertmanager's are 64 bits.</summary>
    private const int FingerprintDigits = 16;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(AlertMessage message, string receiver)
    {
        var count = Math.Min(message.Members.Count, MaxAlerts);
        var body = Build(message, receiver, count);
        while (Encoding.UTF8.GetByteCount(body) > MaxBytes && count > 1)
            body = Build(message, receiver, count /= 2);
        return body;
    }

    private static string Build(AlertMessage message, string receiver, int count)
    {
        var isOver = message.Kind == NoticeKind.Resolve;
        var labels = LabelsOf(message);
        var alerts = message.Members.Count == 0
            ? [Alert(message, labels, Annotations(message), message.Since, message.IncidentKey)]
            : message.Members.Take(count).Select(member => Alert(message, MemberLabels(message, member), [("summary", member.Text)], member.Since, $"{message.IncidentKey}{member.Rule}{member.App}{member.Text}")).ToArray();
        return new JsonObject
        {
            ["version"] = Version,
            ["groupKey"] = $"{{}}:{{incident=\"{message.IncidentKey}\"}}",
            ["truncatedAlerts"] = message.Members.Count - count,
            ["status"] = isOver ? "resolved" : "firing",
            ["receiver"] = PlainText.Line(receiver, MaxText),
            ["groupLabels"] = Map(labels),
            ["commonLabels"] = Map(labels),
            ["commonAnnotations"] = Map([("summary", Headline.Of(message))]),
            ["externalURL"] = message.DashboardUrl ?? "",
            ["alerts"] = new JsonArray([.. alerts]),
        }.ToJsonString(Readable);
    }

    private static JsonObject Alert(AlertMessage message, IEnumerable<(string, string)> labels, IEnumerable<(string, string)> annotations, DateTimeOffset since, string identity) => new JsonObject
    {
        ["status"] = message.Kind == NoticeKind.Resolve ? "resolved" : "firing",
        ["labels"] = Map(labels),
        ["annotations"] = Map(annotations),
        ["startsAt"] = Stamp(since),
        ["endsAt"] = message.Kind == NoticeKind.Resolve ? Stamp(message.At) : NoEnd,
        ["generatorURL"] = message.DashboardUrl ?? "",
        ["fingerprint"] = IncidentKey.Of(identity, "", new Dictionary<string, string>(), since)[..FingerprintDigits],
    };

    private static (string, string)[] LabelsOf(AlertMessage message) =>
        [("alertname", message.Rule), (AlertLabels.App, message.App), (AlertLabels.Severity, message.Severity), .. message.Segment.Select(pair => (pair.Key, pair.Value)), .. message.Labels.Select(pair => (pair.Key, pair.Value))];

    private static (string, string)[] MemberLabels(AlertMessage message, MessageMember member) =>
        [("alertname", member.Rule), (AlertLabels.App, member.App), (AlertLabels.Severity, member.Severity), .. message.Segment.Where(pair => pair.Key != AlertLabels.Severity).Select(pair => (pair.Key, pair.Value))];

    private static IEnumerable<(string, string)> Annotations(AlertMessage message)
    {
        yield return ("summary", Headline.Of(message));
        yield return ("description", string.Join("; ", MessageFacts.Of(message).Take(4).Select(fact => $"{fact.Label}: {fact.Text}")));
        if (message.RunbookUrl is { } runbook)
            yield return ("runbook_url", runbook);
        foreach (var (name, text) in message.Annotations)
            yield return (name, text);
    }

    private static JsonObject Map(IEnumerable<(string Name, string Text)> pairs)
    {
        var map = new JsonObject();
        foreach (var (name, text) in pairs.Take(MaxPairs))
            map[PlainText.Line(name, MaxName)] = PlainText.Line(text, MaxText);
        return map;
    }

    private static string Stamp(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
