namespace SyncHealth.Storage.Vitals;

/// <summary>The buckets of one group, ascending, empty ones left out.</summary>
public sealed record DistributionGroup(IReadOnlyDictionary<string, string> By, IReadOnlyList<DistributionBucket> Buckets);
