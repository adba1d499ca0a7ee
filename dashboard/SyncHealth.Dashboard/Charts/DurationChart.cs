using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>p50, p90 and p99 of durations over time, on a logarithmic axis: a second and a minute both fit.</summary>
public static class DurationChart
{
    public static ChartModel Build(IReadOnlyList<VitalsPoint> points, OverviewState state, DateTimeOffset now)
    {
        ChartSeries[] series =
        [
            new("p99", "rank-3", 0, [.. points.Select(point => AtLeastOne(point.DurationMs?.P99))]),
            new("p90", "rank-2", 7, [.. points.Select(point => AtLeastOne(point.DurationMs?.P90))]),
            new("p50", "rank-1", 3, [.. points.Select(point => AtLeastOne(point.DurationMs?.P50))]),
        ];
        var spec = TimeChart.Over(points, state.Range.Step, now, ChartKind.Line, ChartUnit.Milliseconds, series) with { Logarithmic = true };
        return new ChartModel("duration", "Sync duration", "percentiles of all attempts, logarithmic", spec, "No sync attempts in this range.");
    }

    /// <summary>A logarithmic axis has no place for 0.</summary>
    private static double? AtLeastOne(double? milliseconds) => milliseconds is { } value ? Math.Max(1, value) : null;
}
