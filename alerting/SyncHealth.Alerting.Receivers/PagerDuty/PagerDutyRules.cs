using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Receivers.PagerDuty;

/// <summary>What the Events API v2 accepts (developer.pagerduty.com/docs/events-api-v2-overview).</summary>
internal static class PagerDutyRules
{
    private const int RoutingKeyLength = 32;
    private const int MaxDedupKey = 255;
    private const int MaxSummary = 1024;

    private static readonly string[] Actions = ["trigger", "acknowledge", "resolve"];
    private static readonly string[] Severities = ["critical", "error", "warning", "info"];

    /// <summary>Everything wrong with an event.</summary>
    public static IEnumerable<string> Errors(JsonObject body)
    {
        if (KeyError(body) is { } wrong)
            yield return wrong;

        var action = body.Text("event_action");
        if (action is null || !Actions.Contains(action))
            yield return "'event_action' is missing or invalid (must be one of: trigger, acknowledge, resolve)";
        // PagerDuty makes up a key for a trigger without one; an alert that could then never be resolved is refused here.
        if (body.Text("dedup_key") is not { Length: > 0 } dedup)
            yield return "'dedup_key' is missing or blank";
        else if (dedup.Length > MaxDedupKey)
            yield return $"'dedup_key' is too long (maximum is {MaxDedupKey} characters)";
        if (action == "trigger")
            foreach (var error in PayloadErrors(body["payload"]).Concat(LinkErrors(body)))
                yield return error;
    }

    /// <summary>Everything wrong with a change event (developer.pagerduty.com/docs/send-change-event).</summary>
    public static IEnumerable<string> ChangeErrors(JsonObject body)
    {
        if (KeyError(body) is { } wrong)
            yield return wrong;
        else if (body.Text("routing_key")!.StartsWith('R'))
            yield return "'routing_key' of an event orchestration takes no change events";
        if (body.Text("payload", "summary") is not { Length: > 0 } summary)
            yield return "'payload.summary' is missing or blank";
        else if (JsonReading.Length(summary) > MaxSummary)
            yield return $"'payload.summary' is too long (maximum is {MaxSummary} characters)";
        if (body.At("payload", "timestamp") is not null && !DateTimeOffset.TryParse(body.Text("payload", "timestamp"), System.Globalization.CultureInfo.InvariantCulture, out _))
            yield return "'payload.timestamp' is not an ISO 8601 time";
        if (body.At("payload", "custom_details") is not null and not JsonObject)
            yield return "'payload.custom_details' is not an object";
        if (body["images"] is not null || body["dedup_key"] is not null || body["event_action"] is not null)
            yield return "a change event takes neither images nor dedup_key nor event_action";
        foreach (var error in LinkErrors(body))
            yield return error;
    }

    private static string? KeyError(JsonObject body)
    {
        if (body.Text("routing_key") is not { } key)
            return "'routing_key' is missing or blank";
        return key.Length == RoutingKeyLength ? null : $"Length of 'routing_key' is incorrect (should be {RoutingKeyLength} characters)";
    }

    private static IEnumerable<string> PayloadErrors(JsonNode? payload)
    {
        if (payload is not JsonObject)
        {
            yield return "'payload' is missing or not an object";
            yield break;
        }

        if (payload.Text("summary") is not { Length: > 0 } summary)
            yield return "'payload.summary' is missing or blank";
        else if (JsonReading.Length(summary) > MaxSummary)
            yield return $"'payload.summary' is too long (maximum is {MaxSummary} characters)";
        if (payload.Text("source") is not { Length: > 0 })
            yield return "'payload.source' is missing or blank";
        if (payload.Text("severity") is not { } severity || !Severities.Contains(severity))
            yield return "'payload.severity' is invalid (must be one of: critical, error, warning, info)";
        if (payload.At("timestamp") is not null && !DateTimeOffset.TryParse(payload.Text("timestamp"), System.Globalization.CultureInfo.InvariantCulture, out _))
            yield return "'payload.timestamp' is not an ISO 8601 time";
        if (payload.At("custom_details") is not null and not JsonObject)
            yield return "'payload.custom_details' is not an object";
    }

    private static IEnumerable<string> LinkErrors(JsonObject body)
    {
        foreach (var link in body["links"] as JsonArray ?? [])
            if (!JsonReading.IsAbsolute(link.Text("href"), "http", "https"))
                yield return "'links.href' is missing or not an address";
        foreach (var image in body["images"] as JsonArray ?? [])
            if (!JsonReading.IsAbsolute(image.Text("src"), "https"))
                yield return "'images.src' is missing or not an https address";
    }
}
