using System.Text.Json;

namespace SyncHealth.Storage.Alerts;

/// <summary>The grouping dimensions of an alert instance, between their two forms.</summary>
internal static class Segment
{
    public static IReadOnlyDictionary<string, string> Parse(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    /// <summary>JSON with sorted keys, so that equal segments are equal text.</summary>
    public static string Format(IReadOnlyDictionary<string, string> segment) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(segment.ToDictionary(), StringComparer.Ordinal));
}
