using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>Tells "no data arrives" from "nobody syncs just now".</summary>
public static class Silence
{
    /// <summary>At the pace before it, a silence in which this many attempts were to be expected has no chance explanation (e^-20).</summary>
    private const double ImpossibleToMiss = 20;

    /// <summary>Reports are batched on the device: a shorter gap is ordinary.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>What the way from device to page takes on the wall clock; an accelerated clock runs on meanwhile.</summary>
    private static readonly TimeSpan WallDelay = TimeSpan.FromSeconds(10);

    /// <summary>Since when nothing has arrived although it should have, or null.</summary>
    public static DateTimeOffset? Since(IReadOnlyList<VitalsPoint> points, TimeSpan step, DateTimeOffset now, double speed)
    {
        var last = points.LastOrDefault(point => point.Attempts > 0);
        var first = points.FirstOrDefault(point => point.Attempts > 0);
        if (last is null || first is null)
            return null;

        var since = last.At + step;
        var gap = now - since;
        var pace = points.Sum(point => point.Attempts) / (since - first.At).TotalSeconds;
        return gap >= Shortest && gap >= WallDelay * speed && pace * gap.TotalSeconds >= ImpossibleToMiss ? since : null;
    }
}
