using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Upload queue depth over time.</summary>
public static class QueueChart
{
    public static ChartModel Build(IReadOnlyList<VitalsPoint> points, OverviewState state, DateTimeOffset now)
    {
        ChartSeries[] series =
        [
            new("p99 over devices", "rank-3", 0, [.. points.Select(point => (double?)point.QueueDepth?.P99)]),
            new("mean over devices", "rank-1", 7, [.. points.Select(point => point.QueueDepth?.Mean)]),
        ];
        var spec = TimeChart.Over(points, state.Range.Step, now, ChartKind.Line, ChartUnit.Items, series) with { Min = 0 };
        return new ChartModel("queue", "Upload queue depth", "last reported items waiting on each device", spec, "Every device reported an empty queue, or none has reported yet.");
    }
}
