using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Success rate over time: one line, or one for each group.</summary>
public static class SuccessChart
{
    /// <summary>With less than this below the axis, a fall from 99 to 97 fills the chart and looks like the end.</summary>
    private const double LeastSpan = 10;

    /// <param name="known">All values the grouping dimension ever took: a group keeps its colour whatever is filtered.</param>
    public static ChartModel Build(
        IReadOnlyList<VitalsPoint> points, IReadOnlyList<VitalsGroup> groups, Dimension? by, IReadOnlyList<string> known, OverviewState state, DateTimeOffset now, double target)
    {
        var busiest = groups.OrderByDescending(group => group.Points.Sum(point => point.Attempts)).Take(ChartPalette.MaxSeries)
            .OrderBy(group => Position(group, by, known)).ToArray();
        var series = by is null ? [new ChartSeries("All syncs", "series-1", 0, [.. points.Select(point => point.SuccessRate)])] : Lines(points, busiest, by, known);
        var lowest = series.SelectMany(line => line.Values).Min() ?? 100;
        var spec = TimeChart.Over(points, state.Range.Step, now, ChartKind.Line, ChartUnit.Percent, series) with
        {
            Min = Math.Max(0, Math.Floor((Math.Min(lowest, target) - 1) / LeastSpan) * LeastSpan),
            Max = 100,
            Target = new ChartTarget(target),
        };
        var left = groups.Count - busiest.Length;
        var lines = by is null ? "successful of all attempts" : $"by {by.Spoken}" + (left > 0 ? $", the {busiest.Length} busiest; {left} more left out" : "");
        var note = $"{lines} · dashed: target {Quantity.Percent(target)}";
        return new ChartModel("success", "Success rate", note, spec, "No sync attempts in this range.");
    }

    private static ChartSeries[] Lines(IReadOnlyList<VitalsPoint> points, VitalsGroup[] groups, Dimension by, IReadOnlyList<string> known) =>
        [.. groups.Select(group =>
        {
            var value = group.By.GetValueOrDefault(by.Name, "");
            var position = Position(group, by, known);
            var rates = group.Points.ToDictionary(point => point.At, point => point.SuccessRate);
            return new ChartSeries(
                SegmentWords.Value(value), ChartPalette.Color(position), ChartPalette.Dash(position),
                [.. points.Select(point => rates.GetValueOrDefault(point.At))], new DimensionFilter(by.Name, value));
        })];

    private static int Position(VitalsGroup group, Dimension? by, IReadOnlyList<string> known)
    {
        var value = by is null ? "" : group.By.GetValueOrDefault(by.Name, "");
        for (var i = 0; i < known.Count; i++)
            if (known[i] == value)
                return i;
        return known.Count;
    }
}
