using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>The small print of a tile.</summary>
internal static class TileText
{
    /// <summary>A ratio beyond this reads better as a factor than as percent.</summary>
    private const double FactorFrom = 3;

    public static TileChange Change(VitalSign sign, double? now, double? before, bool lessIsWorse)
    {
        if (now is not { } value || before is not { } old)
            return new TileChange(Trend.Unknown, "no earlier data", false);

        var text = Difference(sign, value, old);
        if (text.StartsWith('±'))
            return new TileChange(Trend.Same, "unchanged", false);
        var rose = value > old;
        return new TileChange(rose == lessIsWorse ? Trend.Better : Trend.Worse, text, rose);
    }

    public static IReadOnlyList<string> Details(VitalSign sign, VitalsPoint point) => sign switch
    {
        VitalSign.SuccessRate => point.Attempts == 0 ? [] : [FirstTry(point), Failures(point)],
        VitalSign.Duration => point.DurationMs is not { } all ? [] :
        [
            $"p50 {Quantity.Milliseconds(all.P50)} · p90 {Quantity.Milliseconds(all.P90)}",
            $"{Quantity.Of(point.Over60s, "attempt", "attempts")} over 60 s",
        ],
        VitalSign.ConflictRate => point.Attempts == 0 ? [] :
        [
            $"{Quantity.Percent(point.ConflictedShare ?? 0)} of attempts met one",
            $"{Quantity.Of(point.DiscardedEdits, "edit", "edits")} discarded",
        ],
        VitalSign.QueueDepth => point.QueueDepth is not { } depth ? [] :
        [
            depth.OldestPendingSeconds is { } age ? $"oldest pending write {Quantity.Age(age)}" : "no write is waiting",
            $"{Quantity.Of(depth.DevicesOver, "device", "devices")} over 1,000 · mean {Quantity.Number(depth.Mean, 1)}",
        ],
        _ => point.StalenessSeconds is not { } age ? [] :
        [
            $"p50 {Quantity.Age(age.P50)} · p99 {Quantity.Age(age.P99)}",
            $"{Quantity.Of(age.Gone, "device", "devices")} gone",
        ],
    };

    public static string Sample(VitalSign sign, VitalsPoint point) => sign is VitalSign.QueueDepth or VitalSign.Staleness
        ? Quantity.Of(point.QueueDepth?.Devices ?? 0, "active device", "active devices")
        : $"{Quantity.Of(point.Attempts, "attempt", "attempts")} · {Quantity.Devices(point.Devices)}";

    private static string Difference(VitalSign sign, double now, double before) => sign switch
    {
        VitalSign.SuccessRate => Quantity.Change(now - before, value => Quantity.Number(value, 1) + "\u00A0pts"),
        VitalSign.ConflictRate => Quantity.Change(now - before, value => Quantity.Number(value, 1)),
        VitalSign.QueueDepth => Quantity.Change(now - before, value => Quantity.Of(value, "item", "items")),
        VitalSign.Staleness => Quantity.Change(now - before, Quantity.Age),
        _ when before <= 0 => "±0",
        _ when now / before >= FactorFrom => "×" + Quantity.Number(now / before, 1),
        _ => Quantity.Change((now / before * 100) - 100, value => Quantity.Number(Math.Round(value), 0) + "\u00A0%"),
    };

    private static string FirstTry(VitalsPoint point) => $"{Quantity.Percent(point.FirstTryRate ?? 0)} at the first try";

    private static string Failures(VitalsPoint point)
    {
        var split = point.Failures;
        return point.Attempts == point.Successes
            ? "no failures"
            : "failed: " + string.Join(" · ", Blames(split));
    }

    private static IEnumerable<string> Blames(FailureSplit split) =>
        from part in ((long Count, string Who)[])[(split.Offline, "offline"), (split.Server, "server"), (split.App, "app")]
        where part.Count > 0
        select $"{Quantity.Count(part.Count)}\u00A0{part.Who}";
}
