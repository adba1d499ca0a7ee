using System.Text.Json;

namespace SyncHealth.Fleet.Tests.Support;

/// <summary>An event as ingest would read it.</summary>
public sealed record ReportedEvent(
    string Device, string Id, string Version, string Type, string Outcome, string Network, DateTimeOffset At, long DurationMs, int Queued, string? ErrorKind, int Conflicts,
    string Region, string? ErrorCode, string Trigger, int Pushed, int Pulled, int Rejected, IReadOnlyList<string> Strategies)
{
    /// <summary>Its number among those of its install.</summary>
    public long? Seq { get; init; }

    /// <summary>Why work was put off.</summary>
    public IReadOnlyList<string> Deferred { get; init; } = [];

    public bool IsAttempt => Type is not ("open" or "reset");

    public bool IsSuccess => Outcome is "success" or "partial";

    public static ReportedEvent Read(JsonElement resource, JsonElement item) => new(
        resource.GetProperty("deviceId").GetString()!,
        item.GetProperty("id").GetString()!,
        (item.TryGetProperty("appVersion", out var version) ? version : resource.GetProperty("appVersion")).GetString()!,
        item.GetProperty("type").GetString()!,
        item.TryGetProperty("outcome", out var outcome) ? outcome.GetString()! : "",
        item.TryGetProperty("network", out var network) ? network.GetString()! : "",
        item.GetProperty("timestamp").GetDateTimeOffset(),
        item.GetProperty("durationMs").GetInt64(),
        item.TryGetProperty("queuedItems", out var queued) ? queued.GetInt32() : 0,
        item.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error.GetProperty("kind").GetString() : null,
        item.TryGetProperty("conflictCount", out var conflicts) ? conflicts.GetInt32() : 0,
        resource.GetProperty("tags").GetProperty("region").GetString()!,
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) ? code.GetString() : null,
        item.TryGetProperty("trigger", out var trigger) ? trigger.GetString()! : "",
        item.TryGetProperty("pushed", out var pushed) ? pushed.GetInt32() : 0,
        item.TryGetProperty("pulled", out var pulled) ? pulled.GetInt32() : 0,
        item.TryGetProperty("rejected", out var rejected) ? rejected.GetInt32() : 0,
        item.TryGetProperty("conflicts", out var met) ? [.. met.EnumerateArray().Select(conflict => conflict.GetProperty("strategy").GetString()!)] : [])
    {
        Seq = item.TryGetProperty("seq", out var seq) ? seq.GetInt64() : null,
        Deferred = item.TryGetProperty("deferred", out var deferred) ? [.. deferred.EnumerateArray().Select(line => line.GetProperty("reason").GetString()!)] : [],
    };
}
