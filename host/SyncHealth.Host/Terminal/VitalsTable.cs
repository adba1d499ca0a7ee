using System.Globalization;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>The five vital signs of an answer of <c>/api/v1/vitals</c>, one line a group.</summary>
internal static class VitalsTable
{
    /// <summary>Below this success rate a line is marked: the target of the shipped rule, in percent.</summary>
    private const double SuccessTarget = 95;

    private static readonly string[] Columns =
        ["attempts", "devices", "success", "p50", "p90", "p99", "conflicts", "queue p99", "stale p50", ""];

    public static string Render(JsonElement answer)
    {
        var groups = answer.GetProperty("groups").EnumerateArray().ToArray();
        var dimensions = groups.Length == 0 ? [] : groups[0].GetProperty("by").EnumerateObject().Select(property => property.Name).ToArray();
        if (groups.All(group => group.GetProperty("points").GetArrayLength() == 0))
            return "No sync attempts in this range." + Environment.NewLine;

        var table = new TextTable([.. dimensions, .. Columns], dimensions.Length);
        foreach (var group in groups)
            foreach (var point in group.GetProperty("points").EnumerateArray())
                table.Add([.. dimensions.Select(name => Named(group.GetProperty("by").GetProperty(name).GetString())), .. Cells(point)]);
        return table.ToString();
    }

    public static string RenderCsv(JsonElement answer)
    {
        var groups = answer.GetProperty("groups").EnumerateArray().ToArray();
        var dimensions = groups.Length == 0 ? [] : groups[0].GetProperty("by").EnumerateObject().Select(property => property.Name).ToArray();
        var lines = new List<string> { string.Join(',', [.. dimensions, "attempts", "devices", "success_rate", "p50_ms", "p90_ms", "p99_ms", "conflict_rate"]) };
        lines.AddRange(
            from @group in groups
            from point in @group.GetProperty("points").EnumerateArray()
            select string.Join(',',
            [
                .. dimensions.Select(name => Quote(@group.GetProperty("by").GetProperty(name).GetString() ?? "")),
                Raw(point, "attempts"), Raw(point, "devices"), Raw(point, "successRate"),
                Raw(point, "durationMs", "p50"), Raw(point, "durationMs", "p90"), Raw(point, "durationMs", "p99"), Raw(point, "conflictRate"),
            ]));
        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }

    private static string[] Cells(JsonElement point)
    {
        var success = Number(point, "successRate");
        return
        [
            Count(Number(point, "attempts")), Count(Number(point, "devices")), Percent(success),
            Milliseconds(Number(point, "durationMs", "p50")), Milliseconds(Number(point, "durationMs", "p90")), Milliseconds(Number(point, "durationMs", "p99")),
            Percent(Number(point, "conflictRate")), Count(Number(point, "queueDepth", "p99")), Seconds(Number(point, "stalenessSeconds", "p50")),
            success < SuccessTarget ? $"◀ below {SuccessTarget:0} %" : "",
        ];
    }

    private static double? Number(JsonElement element, params string[] path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        return element.ValueKind == JsonValueKind.Number ? element.GetDouble() : null;
    }

    private static string Raw(JsonElement point, params string[] path) => Number(point, path)?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Named(string? value) => string.IsNullOrEmpty(value) ? "(unknown)" : value;

    private static string Count(double? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    private static string Percent(double? value) => value is { } number ? number.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    private static string Milliseconds(double? value) => value switch
    {
        null => "–",
        < 1000 => value.Value.ToString("0", CultureInfo.InvariantCulture) + " ms",
        _ => Seconds(value / 1000),
    };

    private static string Seconds(double? value) => value switch
    {
        null => "–",
        < 120 => value.Value.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 7200 => (value.Value / 60).ToString("0", CultureInfo.InvariantCulture) + " min",
        _ => (value.Value / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
    };
}
