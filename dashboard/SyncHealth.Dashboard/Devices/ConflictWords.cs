using System.Text.Json;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Says how the conflicts of one attempt went, and what the server refused.</summary>
public static class ConflictWords
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>"note: last write wins, the other side kept, 1 edit discarded"; empty when nothing is known but their number.</summary>
    public static string Conflicts(string? json) => string.Join("; ", Read<Conflict>(json).Select(conflict => string.Join(", ", Parts(conflict).Where(part => part.Length > 0))));

    /// <summary>"1 × photo denied (http_422), parked on the device"</summary>
    public static string Failures(string? json)
    {
        if (json is null)
            return "";
        using var details = JsonDocument.Parse(json);
        return details.RootElement.TryGetProperty("failures", out var failures)
            ? string.Join("; ", Read<Failure>(failures.GetRawText()).Select(Describe))
            : "";
    }

    private static IEnumerable<string> Parts(Conflict conflict)
    {
        yield return $"{(string.IsNullOrEmpty(conflict.Entity) ? "unknown" : conflict.Entity)}: {StrategyWords.Strategy(conflict.Strategy ?? "")}";
        yield return conflict.Winner is { Length: > 0 } winner ? StrategyWords.Winner(winner) : "";
        yield return conflict.Discarded > 0 ? Quantity.Of(conflict.Discarded, "edit discarded", "edits discarded") : "";
    }

    private static string Describe(Failure failure)
    {
        var code = string.IsNullOrEmpty(failure.Code) ? "" : $" ({failure.Code})";
        return $"{Quantity.Count(Math.Max(1, failure.Count))} × {(string.IsNullOrEmpty(failure.Entity) ? "item" : failure.Entity)} {failure.Kind}{code}{(failure.Parked ? ", parked on the device" : "")}";
    }

    private static List<T> Read<T>(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<T>>(json, Json) ?? [];

    private sealed record Conflict(string? Entity, string? Kind, string? Strategy, string? Winner, long Discarded, long Count);

    private sealed record Failure(string? Entity, string? Kind, string? Code, long Count, bool Parked);
}
