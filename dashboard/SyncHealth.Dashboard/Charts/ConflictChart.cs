using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Conflicts per 100 attempts over time, stacked by the strategy that dealt with them.</summary>
public static class ConflictChart
{
    private static readonly (string Wire, string Label)[] Strategies =
    [
        ("lww", "last write wins"), ("crdt", "CRDT"), ("merge", "field merge"), ("ot", "operational transform"),
        ("manual", "by hand"), ("unresolved", "unresolved"), ("unknown", "unknown"),
    ];

    public static ChartModel Build(IReadOnlyList<VitalsPoint> points, OverviewState state, DateTimeOffset now)
    {
        var series = Strategies
            .Select((strategy, position) => new ChartSeries(strategy.Label, ChartPalette.Color(position), 0, [.. points.Select(point => Rate(point, strategy.Wire))]))
            .Where(line => line.Values.Any(value => value > 0))
            .ToArray();
        var spec = TimeChart.Over(points, state.Range.Step, now, ChartKind.StackedColumns, ChartUnit.Per100, series) with { Min = 0 };
        return new ChartModel("conflicts", "Conflicts by strategy", "per 100 attempts", spec, "No conflicts in this range.");
    }

    private static double? Rate(VitalsPoint point, string strategy) =>
        point.Attempts == 0 ? null : 100.0 * point.Conflicts.GetValueOrDefault(strategy) / point.Attempts;
}
