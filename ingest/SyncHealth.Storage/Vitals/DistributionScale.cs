namespace SyncHealth.Storage.Vitals;

/// <summary>The buckets in which a distribution is shown: bounds that people know, about logarithmic. Boundaries are exact for queue depths, blurred by 1 % for times.</summary>
internal sealed record DistributionScale(string Name, string Unit, IReadOnlyList<double> Bounds)
{
    /// <summary>Milliseconds; 60,000 is a bound because the shipped rule asks for it.</summary>
    private static readonly DistributionScale Duration = new("duration", "ms",
        [0, 10, 20, 50, 100, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000, 15_000, 20_000, 30_000, 45_000, 60_000,
         90_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 21_600_000]);

    /// <summary>Items; bounds end in 1, so that "more than 1000" is a whole number of buckets.</summary>
    private static readonly DistributionScale QueueDepth = new("queue_depth", "items",
        [0, 1, 2, 3, 6, 11, 21, 51, 101, 201, 501, 1_001, 2_001, 5_001, 10_001, 20_001, 50_001]);

    /// <summary>Seconds: a minute to a month.</summary>
    private static readonly IReadOnlyList<double> Ages =
        [0, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400, 172_800, 259_200, 432_000, 604_800, 1_209_600, 2_592_000];

    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public static DistributionScale Of(DistributionMetric metric) => metric switch
    {
        DistributionMetric.Duration => Duration,
        DistributionMetric.QueueDepth => QueueDepth,
        DistributionMetric.OldestPending => new DistributionScale("oldest_pending", "s", Ages),
        DistributionMetric.Staleness => new DistributionScale("staleness", "s", Ages),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Allowed: duration, queue_depth, oldest_pending, staleness."),
    };

    /// <summary>Counts values into buckets; empty ones are left out.</summary>
    public IReadOnlyList<DistributionBucket> Bucket(IEnumerable<(double Value, long Count)> values)
    {
        var counts = new long[Bounds.Count];
        foreach (var (value, count) in values)
            counts[Math.Max(0, UpperBound(value) - 1)] += count;
        return [.. counts
            .Select((count, i) => new DistributionBucket(Bounds[i], i + 1 < Bounds.Count ? Bounds[i + 1] : null, count))
            .Where(bucket => bucket.Count > 0)];
    }

    private int UpperBound(double value)
    {
        var index = 0;
        while (index < Bounds.Count && Bounds[index] <= value)
            index++;
        return index;
    }
}
