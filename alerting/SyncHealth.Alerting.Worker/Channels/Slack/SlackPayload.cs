using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Channels.Slack;

/// <summary>The body of a message for webhook and Web API alike: blocks for the channel, and a text for notifications and screen readers. Limits: docs.slack.dev/reference/block-kit/blocks.</summary>
internal static class SlackPayload
{
    /// <summary>Longest header, in characters: 150, less 5 % because the unit is not documented.</summary>
    private const int MaxHeader = 142;

    /// <summary>Longest top-level text kept, in characters.</summary>
    private const int MaxText = 1000;

    /// <summary>Fields of one section.</summary>
    private const int FieldsPerSection = 10;

    /// <summary>Fields kept, and characters of each: 6,000 together, where whole messages fail above about 13,000.</summary>
    private const int MaxFields = 20;

    private const int MaxField = 300;

    /// <summary>Longest address of a button.</summary>
    private const int MaxUrl = 3000;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(AlertMessage message) => Write(Build(message));

    public static string Write(JsonObject body) => body.ToJsonString(Readable);

    public static JsonObject Build(AlertMessage message)
    {
        var headline = Headline.Of(message);
        var blocks = new JsonArray
        {
            new JsonObject { ["type"] = "header", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = PlainText.Line($"{Emoji(message)} {headline}", MaxHeader), ["emoji"] = true } },
        };
        foreach (var section in MessageFacts.Of(message).Take(MaxFields).Chunk(FieldsPerSection))
            blocks.Add((JsonNode)new JsonObject { ["type"] = "section", ["fields"] = new JsonArray([.. section.Select(Field)]) });
        if (Buttons(message) is { Count: > 0 } buttons)
            blocks.Add((JsonNode)new JsonObject { ["type"] = "actions", ["elements"] = buttons });
        return new JsonObject { ["text"] = Escape(PlainText.Line(headline, MaxText)), ["blocks"] = blocks };
    }

    /// <summary>Slack reads three characters as markup; escaping them keeps foreign text from linking or mentioning anybody.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Emoji(AlertMessage message) => message switch
    {
        { Kind: NoticeKind.Resolve } => ":large_green_circle:",
        { Kind: NoticeKind.Acknowledge } => ":eyes:",
        { Kind: NoticeKind.Digest } => ":newspaper:",
        { Severity: "critical" or "error" } => ":red_circle:",
        _ => ":large_yellow_circle:",
    };

    private static JsonNode Field((string Label, string Text) fact) => new JsonObject
    {
        ["type"] = "mrkdwn",
        ["text"] = $"*{Escape(PlainText.Line(fact.Label, MaxField))}*\n{Escape(PlainText.Line(fact.Text, MaxField))}",
    };

    private static JsonArray Buttons(AlertMessage message)
    {
        var buttons = new JsonArray();
        foreach (var (id, text, url) in new[] { ("dashboard", "Dashboard", message.DashboardUrl), ("runbook", "Runbook", message.RunbookUrl), ("alerts", "Silence or acknowledge", message.AlertsUrl) })
            if (url is { Length: <= MaxUrl })
                buttons.Add((JsonNode)new JsonObject
                {
                    ["type"] = "button", ["action_id"] = id, ["url"] = url,
                    ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = text },
                });
        return buttons;
    }
}
