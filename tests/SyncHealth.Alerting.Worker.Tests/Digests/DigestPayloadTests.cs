using System.Text.Json.Nodes;
using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Channels.Email;
using SyncHealth.Alerting.Worker.Channels.Slack;
using SyncHealth.Alerting.Worker.Channels.Webhook;
using SyncHealth.Alerting.Worker.Tests.Channels;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Digests;

/// <summary>What a digest looks like to each receiver, as a person has read it.</summary>
public sealed class DigestPayloadTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Slack_Body_IsAsReviewed() => Golden.Matches("Slack", "digest", SlackPayload.Of(Message()));

    [Fact]
    public void Webhook_Body_IsAsReviewed() => Golden.Matches("Webhook", "digest", WebhookPayload.Of(Message()));

    [Fact]
    public void Email_Body_IsAsReviewed()
    {
        using var mail = EmailMessage.Of(Message(), new EmailOptions { Name = "team", From = "alerts@example.com", To = "ops@example.com" }, Noon);
        Golden.Matches("Email", "digest", new JsonObject { ["subject"] = mail.Subject, ["id"] = mail.MessageId, ["text"] = mail.TextBody!.ReplaceLineEndings("\n"), ["html"] = mail.HtmlBody!.ReplaceLineEndings("\n") }.ToJsonString());
    }

    private static AlertMessage Message() => DigestComposer.Compose(
        new DigestDefinition("morning", ["slack"]) { Minute = 720, Zone = TimeZoneInfo.Utc },
        new DigestFacts(
            "notes", Noon.AddDays(-1), Noon, new DigestVitals(11_900, 305, 91.2, 90.7, 91.7, 21_400, 4.0, 40, 7200), new DigestVitals(12_340, 310, 97.3, 97.0, 97.6, 9100, 1.9, 14, 5400),
            [new DigestRelease("2.5.0 <!channel>", 34.2, 78.4)], [new RuleNoise("sync-success-rate", 2, 1, 0, 1, 0, null), new RuleNoise("upload-queue-depth", 6, 0, 4, 0, 1, 170)],
            new Dictionary<string, int> { ["team"] = 2 })
        {
            Late = [new LateBreach("sync-success-rate", ["2.5.0", "cellular"], 84.2, "percent", Noon.AddHours(-14), TimeSpan.FromHours(6))],
        },
        new MessageLinks(new Uri("https://sync.example.com/"), []));
}
