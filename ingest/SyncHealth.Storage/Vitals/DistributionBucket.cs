namespace SyncHealth.Storage.Vitals;

/// <summary>A half-open bucket: <paramref name="From"/> inclusive, <paramref name="To"/> exclusive, null for unbounded.</summary>
public readonly record struct DistributionBucket(double From, double? To, long Count);
