using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Conflicts;

/// <summary>Conflicts per 100 attempts over time, stacked by one of their properties.</summary>
public static class ConflictTrend
{
    /// <param name="points">The attempts of each point, in order of time.</param>
    /// <param name="conflicts">Of any points.</param>
    /// <param name="names">The property's values in the order of colours: wire name and words.</param>
    public static ChartModel Build(
        string id, string title, IReadOnlyList<VitalsPoint> points, IEnumerable<ConflictShare> conflicts, Func<ConflictShare, string> property,
        IReadOnlyList<(string Wire, string Words)> names, TimeSpan step, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(names);
        var counted = conflicts.ToLookup(share => (share.At, property(share)), share => share.Conflicts);
        var series = names
            .Select((name, position) => new ChartSeries(
                name.Words, ChartPalette.Color(position), 0,
                [.. points.Select(point => point.Attempts == 0 ? (double?)null : 100.0 * counted[(point.At, name.Wire)].Sum() / point.Attempts)]))
            .Where(line => line.Values.Any(value => value > 0))
            .ToArray();
        var spec = TimeChart.Over(points, step, now, ChartKind.StackedColumns, ChartUnit.Per100, series) with { Min = 0 };
        return new ChartModel(id, title, series is [var only] ? $"{only.Name}, per 100 attempts" : "conflicts per 100 attempts", spec, "No conflicts in this range.");
    }

    /// <summary>Width of a point: errors and conflicts are kept in hours, below which raw events answer.</summary>
    public static TimeSpan StepOf(TimeRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        return range == TimeRange.Day ? TimeSpan.FromHours(1) : range == TimeRange.Week ? TimeSpan.FromHours(6) : range.Step;
    }

    /// <summary>Where the first point starts: points start at multiples of the step, and the first one is whole.</summary>
    public static DateTimeOffset FirstPoint(TimeRange range, DateTimeOffset now) => (range with { Step = StepOf(range) }).FirstPoint(now);
}
