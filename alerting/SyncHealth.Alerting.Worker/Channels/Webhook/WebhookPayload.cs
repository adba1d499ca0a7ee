using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Channels.Webhook;

/// <summary>The body of a message: <c>type</c>, <c>timestamp</c>, <c>data</c>, below the 20 kB that the specification advises.</summary>
internal static class WebhookPayload
{
    /// <summary>Characters of a name, and of a text.</summary>
    private const int MaxName = 100;

    private const int MaxText = 200;

    /// <summary>Headlines, in characters.</summary>
    private const int MaxHeadline = 500;

    /// <summary>Facts and labels kept: with their texts 15 kB at most, each character taken as two bytes.</summary>
    private const int MaxFacts = 20;

    private const int MaxLabels = 8;

    /// <summary>Addresses are left out above this length: half of one leads nowhere.</summary>
    private const int MaxUrl = 1000;

    /// <summary>Hex digits kept of the hash in an identity.</summary>
    private const int IdDigits = 32;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The identity of a message: the same whenever it is sent, so that a receiver can tell a retry from news.</summary>
    public static string IdOf(AlertMessage message) => "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{message.IncidentKey}.{Wording.Of(message.Kind)}.{message.At.ToUniversalTime():O}")))[..IdDigits];

    public static string Of(AlertMessage message)
    {
        var body = Build(message);
        if (message.AcknowledgedBy is { } by)
            body["data"]!["acknowledgedBy"] = PlainText.Line(by, MaxName);
        if (Address(message.AlertsUrl) is { } alerts)
            body["data"]!["alertsUrl"] = alerts;
        return body.ToJsonString(Readable);
    }

    private static JsonObject Build(AlertMessage message) => new()
    {
        ["type"] = TypeOf(message.Kind),
        ["timestamp"] = message.At.ToUniversalTime().ToString("O"),
        ["data"] = new JsonObject
        {
            ["incident"] = message.IncidentKey,
            ["headline"] = PlainText.Line(Headline.Of(message), MaxHeadline),
            ["rule"] = PlainText.Line(message.Rule, MaxName),
            ["class"] = message.Class,
            ["severity"] = message.Severity,
            ["app"] = PlainText.Line(message.App, MaxName),
            ["environment"] = PlainText.Line(message.Environment, MaxName),
            ["segment"] = Map(message.Segment),
            ["unit"] = message.Unit,
            ["value"] = message.Value,
            ["limit"] = message.Limit,
            ["attempts"] = message.Attempts,
            ["devices"] = message.Devices,
            ["since"] = message.Since.ToUniversalTime().ToString("O"),
            ["reason"] = message.Reason,
            ["facts"] = Map(MessageFacts.Of(message).Take(MaxFacts).Select(fact => KeyValuePair.Create(fact.Label, fact.Text))),
            ["labels"] = Map(message.Labels.Take(MaxLabels)),
            ["dashboardUrl"] = Address(message.DashboardUrl),
            ["runbookUrl"] = Address(message.RunbookUrl),
        },
    };

    private static string TypeOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Trigger => "alert.triggered",
        NoticeKind.Update => "alert.updated",
        NoticeKind.Acknowledge => "alert.acknowledged",
        NoticeKind.Digest => "digest",
        _ => "alert.resolved",
    };

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var map = new JsonObject();
        foreach (var (name, text) in pairs)
            map[PlainText.Line(name, MaxName)] = PlainText.Line(text, MaxText);
        return map;
    }

    private static string? Address(string? url) => url is { Length: <= MaxUrl } ? url : null;
}
