using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Charts;

/// <summary>Which points are not final yet.</summary>
public static class Completeness
{
    /// <summary>Below this share of expected events a point is drawn as not final.</summary>
    private const double Final = 0.95;

    /// <summary>Index from which on points still fill: the running one, and those before it that the learned arrival curve says are incomplete.</summary>
    public static int? IncompleteFrom(IReadOnlyList<VitalsPoint> points, TimeSpan step, DateTimeOffset now)
    {
        var first = points.Count;
        while (first > 0 && (points[first - 1].At + step > now || points[first - 1].Completeness < Final))
            first--;
        return first < points.Count ? first : null;
    }
}
