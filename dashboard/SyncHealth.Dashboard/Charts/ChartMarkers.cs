using SyncHealth.Storage.Markers;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Puts markers on charts over time.</summary>
public static class ChartMarkers
{
    /// <summary>More would hide the chart they stand on: the newest are drawn.</summary>
    public const int MaxDrawn = 8;

    /// <summary>The chart with the markers of its time; a chart without times as it is.</summary>
    public static ChartSpec On(ChartSpec spec, IReadOnlyList<Marker> markers)
    {
        if (spec.Times.Count == 0 || spec.Kind == ChartKind.Heat)
            return spec;
        var (from, to) = (spec.Times[0], spec.Times[^1] + spec.StepMs);
        var inside = markers.Where(marker => marker.At.ToUnixTimeMilliseconds() is var at && at >= from && at < to).TakeLast(MaxDrawn);
        return spec with { Markers = [.. inside.Select((marker, place) => new ChartMarker(marker.At.ToUnixTimeMilliseconds(), ((char)('A' + place)).ToString(), marker.Text))] };
    }

    public static ChartModel On(ChartModel chart, IReadOnlyList<Marker> markers) => chart with { Spec = On(chart.Spec, markers) };
}
