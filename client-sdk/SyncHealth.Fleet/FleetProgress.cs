namespace SyncHealth.Fleet;

/// <summary>Where a running fleet stands.</summary>
/// <param name="Elapsed">Fleet time since the start.</param>
/// <param name="DevicesStarted">Devices whose app has been opened.</param>
/// <param name="Attempts">Sync cycles that have ended.</param>
/// <param name="Successes">Of those, the ones that succeeded.</param>
public sealed record FleetProgress(TimeSpan Elapsed, int DevicesStarted, long Attempts, long Successes);
