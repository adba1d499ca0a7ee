using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Channels.PagerDuty;

/// <summary>The Events API v2 body of a message. Limits: developer.pagerduty.com/docs/send-alert-event.</summary>
internal static class PagerDutyPayload
{
    /// <summary>Longest summary, in characters.</summary>
    private const int MaxSummary = 1024;

    /// <summary>Longest source and other short fields kept, in characters.</summary>
    private const int MaxField = 255;

    /// <summary>Details kept and characters of each: 200 kB at most, where PagerDuty takes 512.</summary>
    private const int MaxDetails = 50;

    private const int MaxDetail = 1000;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The key under which PagerDuty joins the events of one incident.</summary>
    public static string DedupKey(AlertMessage message) => "synchealth:" + message.IncidentKey;

    public static string Of(AlertMessage message, Secret routingKey)
    {
        var body = new JsonObject
        {
            ["routing_key"] = routingKey.Reveal(),
            ["event_action"] = ActionOf(message.Kind),
            ["dedup_key"] = DedupKey(message),
        };
        if (message.Kind is NoticeKind.Trigger or NoticeKind.Update)
            Describe(body, message);
        return body.ToJsonString(Readable);
    }

    /// <summary>A group that has changed is another trigger: PagerDuty adds it to the incident's log.</summary>
    private static string ActionOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Resolve => "resolve",
        NoticeKind.Acknowledge => "acknowledge",
        _ => "trigger",
    };

    private static void Describe(JsonObject body, AlertMessage message)
    {
        body["payload"] = new JsonObject
        {
            ["summary"] = PlainText.Line(Headline.Of(message), MaxSummary),
            ["source"] = PlainText.Line(message.App, MaxField),
            ["severity"] = SeverityOf(message.Severity),
            ["timestamp"] = message.At.ToUniversalTime().ToString("O"),
            ["component"] = "sync",
            ["group"] = PlainText.Line(message.App, MaxField),
            ["class"] = PlainText.Line(message.Rule, MaxField),
            ["custom_details"] = Details(message),
        };
        body["client"] = "SyncHealth";
        if (message.DashboardUrl is { } dashboard)
            body["client_url"] = dashboard;
        body["links"] = Links(message);
    }

    private static JsonObject Details(AlertMessage message)
    {
        var details = new JsonObject();
        foreach (var (label, text) in MessageFacts.Of(message).Concat(message.Labels.Select(pair => (pair.Key, pair.Value))).Take(MaxDetails))
            details[PlainText.Line(label, MaxField)] = PlainText.Line(text, MaxDetail);
        return details;
    }

    private static JsonArray Links(AlertMessage message)
    {
        var links = new JsonArray();
        if (message.DashboardUrl is { } dashboard)
            links.Add((JsonNode)new JsonObject { ["href"] = dashboard, ["text"] = "Dashboard" });
        if (message.RunbookUrl is { } runbook)
            links.Add((JsonNode)new JsonObject { ["href"] = runbook, ["text"] = "Runbook" });
        if (message.AlertsUrl is { } alerts)
            links.Add((JsonNode)new JsonObject { ["href"] = alerts, ["text"] = "Silence or acknowledge" });
        return links;
    }

    /// <summary>PagerDuty knows four severities; a ticket is work, not trouble.</summary>
    private static string SeverityOf(string severity) => severity is "critical" or "error" or "warning" ? severity : "info";
}
