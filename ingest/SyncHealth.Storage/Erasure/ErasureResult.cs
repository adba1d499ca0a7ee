namespace SyncHealth.Storage.Erasure;

/// <summary>What an erasure deleted. It names nobody, so it may be kept and shown.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Devices">Devices of which anything was known.</param>
/// <param name="Events">Raw events.</param>
/// <param name="OtherRows">Rows of devices beside them: state, days, releases, hours, sets, increments, quarantine, reported drops, what a server said of them.</param>
/// <param name="DoneAt">When nothing was left, on the shared clock.</param>
public sealed record ErasureResult(ErasureKind Kind, long Devices, long Events, long OtherRows, DateTimeOffset DoneAt);
