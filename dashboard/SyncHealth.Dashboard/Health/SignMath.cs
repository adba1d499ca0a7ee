using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Health;

/// <summary>Takes each vital sign out of a row of vital signs.</summary>
public static class SignMath
{
    /// <summary>Attempts below which a rate or percentile is shown but not judged: 1 failure in 19 says nothing yet.</summary>
    public const int MinAttempts = 20;

    /// <summary>Devices below which a distribution over devices is not judged.</summary>
    public const int MinDevices = 5;

    /// <summary>The number on the tile, in the unit of the sign's limits; null when nothing was measured.</summary>
    public static double? Value(VitalSign sign, VitalsPoint point) => sign switch
    {
        VitalSign.SuccessRate => point.SuccessRate,
        VitalSign.Duration => point.DurationMs?.P99,
        VitalSign.ConflictRate => point.ConflictRate,
        VitalSign.QueueDepth => point.QueueDepth is { Devices: > 0 } depth ? depth.P99 : null,
        VitalSign.Staleness => point.StalenessSeconds?.P90,
        _ => null,
    };

    public static Band Judge(VitalSign sign, VitalsPoint point, VitalBands bands)
    {
        if (Value(sign, point) is not { } value)
            return Band.NoData;
        return HasSample(sign, point) ? bands[sign].Judge(value) : Band.TooFew;
    }

    /// <summary>
    /// What was bad of what, for finding where and since when. Durations count attempts over 60 s, which are known exactly.
    /// For staleness each point counts as one that is bad or not: its distribution over time is not kept by device.
    /// </summary>
    public static Tally Tally(VitalSign sign, VitalsPoint point, VitalBands bands) => sign switch
    {
        VitalSign.SuccessRate => new Tally(point.Attempts - point.Successes, point.Attempts),
        VitalSign.Duration => new Tally(point.Over60s, point.Attempts),
        VitalSign.ConflictRate => new Tally(Conflicted(point), point.Attempts),
        VitalSign.QueueDepth => point.QueueDepth is { } depth ? new Tally(depth.DevicesOver, depth.Devices) : default,
        VitalSign.Staleness => point.StalenessSeconds is { } age ? new Tally(bands.Staleness.Judge(age.P90) > Band.Good ? 1 : 0, 1) : default,
        _ => default,
    };

    /// <summary>Devices of a group whose last success lies further back than the target. A bucket counts by its lower bound.</summary>
    public static Tally StaleDevices(DistributionGroup group, VitalBands bands) => new(
        group.Buckets.Where(bucket => bucket.From >= bands.Staleness.Target).Sum(bucket => bucket.Count),
        group.Buckets.Sum(bucket => bucket.Count));

    private static bool HasSample(VitalSign sign, VitalsPoint point) => sign switch
    {
        VitalSign.QueueDepth or VitalSign.Staleness => (point.QueueDepth?.Devices ?? point.Devices) >= MinDevices,
        _ => point.Attempts >= MinAttempts,
    };

    private static long Conflicted(VitalsPoint point) =>
        point.ConflictedShare is { } share ? (long)Math.Round(share * point.Attempts / 100) : 0;
}
