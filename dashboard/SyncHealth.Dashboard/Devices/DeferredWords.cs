using System.Text.Json;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>Says what a device put off and why: work that waits for a network or a charger is no failure, and looks like one to whoever waits for it.</summary>
internal static class DeferredWords
{
    /// <summary>Begins the reason of a trigger that a running cycle served: nothing was put off.</summary>
    private const string Joined = "joined_";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>"put off: 12 × metered network (last of 3 reports), 1 × battery low"; empty when nothing was.</summary>
    /// <param name="run">In order of time. What still waits is counted anew by every cycle, so that the last report says how much, and adding them up would say too much.</param>
    public static string Describe(IEnumerable<DeviceEvent> run)
    {
        var reasons = run.SelectMany(Read)
            .Where(line => line.Count > 0 && !string.IsNullOrEmpty(line.Reason) && !line.Reason.StartsWith(Joined, StringComparison.Ordinal))
            .GroupBy(line => line.Reason!, StringComparer.Ordinal)
            .Select(lines => $"{Quantity.Count(lines.Last().Count)} × {Reason(lines.Key)}{(lines.Count() > 1 ? $" (last of {Quantity.Count(lines.Count())} reports)" : "")}")
            .ToArray();
        return reasons.Length == 0 ? "" : "put off: " + string.Join(", ", reasons);
    }

    private static List<Line> Read(DeviceEvent reported)
    {
        if (reported.DetailsJson is not { } json)
            return [];
        using var details = JsonDocument.Parse(json);
        return details.RootElement.TryGetProperty("deferred", out var deferred) ? deferred.Deserialize<List<Line>>(Json) ?? [] : [];
    }

    /// <summary>Those of the reference engine in words (docs/engine.md); an app's own as it wrote them.</summary>
    private static string Reason(string code) => code switch
    {
        "no_network" => "no network",
        "metered" => "metered network",
        "not_charging" => "not charging",
        "battery_low" => "battery low",
        "recently_synced" => "synced shortly before",
        "min_interval" => "too soon after the last sync",
        "circuit_open" => "server left alone after failures",
        "dependency" => "builds upon something refused",
        _ => code.Replace('_', ' '),
    };

    private sealed record Line(string? Reason, long Count);
}
