namespace SyncHealth.Storage.Vitals;

/// <summary>One group's devices at a moment. Ages are relative to <see cref="TakenAt"/>, see <see cref="FleetAges"/>.</summary>
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

        var depths = Sketches.Left(Depths);
        return new QueueDepth(
            (int)Devices,
            (double)QueueSum / Devices,
            Sketches.BucketAt(depths, 0.99m),
            (int)depths.Buckets.Where(pair => pair.Bucket > threshold).Sum(pair => pair.Count),
            OldestPendingAt is { } oldest ? new FleetAges(PendingAges, AgedBySeconds).Oldest(Math.Max(0, (Moment - oldest).TotalSeconds)) : null);
    }

    public Staleness? ToStaleness()
    {
        if (Devices == 0)
            return null;

        var ages = new FleetAges(SuccessAges, AgedBySeconds);
        return new Staleness(ages.At(0.5m), ages.At(0.9m), ages.At(0.99m), (int)Gone);
    }

    /// <summary>(value, devices) of a device metric: items, or seconds at the moment.</summary>
    public IEnumerable<(double Value, long Count)> ValuesOf(DistributionMetric metric) => metric switch
    {
        DistributionMetric.QueueDepth => Sketches.Left(Depths).Buckets.Select(pair => ((double)pair.Bucket, pair.Count)),
        DistributionMetric.OldestPending => new FleetAges(PendingAges, AgedBySeconds).Ascending,
        DistributionMetric.Staleness => new FleetAges(SuccessAges, AgedBySeconds).Ascending,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric of devices."),
    };
}
