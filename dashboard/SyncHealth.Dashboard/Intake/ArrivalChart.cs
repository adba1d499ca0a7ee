using SyncHealth.Dashboard.Charts;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Intake;

namespace SyncHealth.Dashboard.Intake;

/// <summary>Attempts by the time they arrived, stacked by how late they were.</summary>
public static class ArrivalChart
{
    private static readonly (string Name, int From, int To)[] Parts = [("within 15 min", 0, 1), ("15 min to 6 h late", 2, 3), ("later", 4, 6)];

    public static ChartModel Build(IReadOnlyList<ArrivalCount> arrivals, TimeRange range, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(range);
        var counts = arrivals.ToLookup(arrival => arrival.At);
        var points = Enumerable.Range(0, (int)(range.Length / range.Step) + 1).Select(i => range.FirstPoint(now) + (i * range.Step)).Where(at => at < now).ToArray();
        var series = Parts
            .Select((part, position) => new ChartSeries(
                part.Name, ChartPalette.Color(position), 0,
                [.. points.Select(at => (double?)counts[at].Where(count => count.LagClass >= part.From && count.LagClass <= part.To).Sum(count => count.Attempts))]))
            .Where(line => line.Values.Any(value => value > 0))
            .ToArray();
        var spec = new ChartSpec
        {
            Kind = ChartKind.StackedColumns, Unit = ChartUnit.Attempts, Series = series, Times = [.. points.Select(at => at.ToUnixTimeMilliseconds())],
            StepMs = (long)range.Step.TotalMilliseconds, Min = 0,
        };
        return new ChartModel("arrivals", "Arrivals", "attempts by when they arrived, and how long after the fact", spec, "No attempt arrived in this range. If devices are online, look at the ingest's log and at the keys.");
    }
}
