namespace SyncHealth.Storage.Alerts;

/// <summary>The devices of one segment that reported inside a window.</summary>
/// <param name="Group">Values of the asked dimensions, in their order.</param>
/// <param name="Deep">Those whose last reported queue is deeper than asked.</param>
/// <param name="Stale">Those without a success since the asked moment.</param>
/// <param name="Silent">Those not heard from since the asked moment.</param>
public sealed record DeviceCounts(IReadOnlyList<string> Group, long Devices, long Deep, long Stale, long Silent);
