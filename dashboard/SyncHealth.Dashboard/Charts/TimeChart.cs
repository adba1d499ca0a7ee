using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>The part that all charts over time share.</summary>
internal static class TimeChart
{
    public static ChartSpec Over(IReadOnlyList<VitalsPoint> points, TimeSpan step, DateTimeOffset now, ChartKind kind, ChartUnit unit, IReadOnlyList<ChartSeries> series) => new()
    {
        Kind = kind,
        Unit = unit,
        Series = series,
        Times = [.. points.Select(point => point.At.ToUnixTimeMilliseconds())],
        StepMs = (long)step.TotalMilliseconds,
        IncompleteFrom = Completeness.IncompleteFrom(points, step, now),
    };
}
