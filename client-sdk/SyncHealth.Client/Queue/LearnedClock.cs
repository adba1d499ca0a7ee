namespace SyncHealth.Client.Queue;

/// <summary>What the server's answers say of the device's clock.</summary>
/// <param name="OffsetMs">How far the server's clock was ahead, in ms.</param>
/// <param name="OriginMs">When the run began by the device's clock as it stood then, Unix ms: another origin later means that the clock was set, or that the device slept.</param>
internal sealed record LearnedClock(long OffsetMs, long OriginMs);
