namespace SyncHealth.Storage.Vitals;

/// <summary>One group's devices at a moment, as of the state or snapshot of <see cref="TakenAt"/>; ages are seconds before that.</summary>
internal sealed record FleetMoment
{
    public string[] GroupKey { get; init; } = [];
    public DateTime Moment { get; init; }
    public DateTime TakenAt { get; init; }
    public long Devices { get; init; }
    public long Gone { get; init; }
    public long QueueSum { get; init; }
    public DateTime? OldestPendingAt { get; init; }
    public byte[] Depths { get; init; } = [];
    public byte[] PendingAges { get; init; } = [];
    public byte[] SuccessAges { get; init; } = [];

    /// <summary>How much the ages have grown since they were taken.</summary>
    private double AgedBySeconds => Math.Max(0, (Moment - TakenAt).TotalSeconds);

    public QueueDepth? ToQueueDepth(int threshold)
    {
        if (Devices == 0)
            return null;

        var depths = Sketches.OfPairs(Depths);
        return new QueueDepth(
            (int)Devices,
            (double)QueueSum / Devices,
            Sketches.BucketAt(depths, 0.99m),
            (int)depths.Buckets.Where(pair => pair.Bucket > threshold).Sum(pair => pair.Count),
            OldestPendingAt is { } oldest ? Math.Max(0, (Moment - oldest).TotalSeconds) : null);
    }

    public Staleness? ToStaleness()
    {
        if (Devices == 0)
            return null;

        var ages = Sketches.OfPairs(SuccessAges);
        return new Staleness(At(0.5m), At(0.9m), At(0.99m), (int)Gone);

        double At(decimal q) => DurationSketch.ValueOf(Sketches.BucketAt(ages, q)) + AgedBySeconds;
    }

    /// <summary>(value, devices) of a device metric: items, or seconds at the moment.</summary>
    public IEnumerable<(double Value, long Count)> ValuesOf(DistributionMetric metric) => metric switch
    {
        DistributionMetric.QueueDepth => Sketches.OfPairs(Depths).Buckets.Select(pair => ((double)pair.Bucket, pair.Count)),
        DistributionMetric.OldestPending => Aged(PendingAges),
        DistributionMetric.Staleness => Aged(SuccessAges),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric of devices."),
    };

    private IEnumerable<(double Value, long Count)> Aged(byte[] ages) =>
        Sketches.OfPairs(ages).Buckets.Select(pair => (DurationSketch.ValueOf(pair.Bucket) + AgedBySeconds, pair.Count));
}
