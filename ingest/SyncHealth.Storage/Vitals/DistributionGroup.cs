namespace SyncHealth.Storage.Vitals;

/// <summary>The buckets of one group, ascending, empty ones left out.</summary>
/// <param name="By">The dimensions as asked.</param>
/// <param name="Buckets">For <c>oldest_pending</c>, devices with nothing pending are in no bucket.</param>
/// <param name="Devices">Devices of the active window; null for attempts.</param>
/// <param name="Gone">Devices that left the active window, in no bucket; null for attempts.</param>
public sealed record DistributionGroup(
    IReadOnlyDictionary<string, string> By, IReadOnlyList<DistributionBucket> Buckets, long? Devices = null, long? Gone = null);
