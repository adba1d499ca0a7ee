namespace SyncHealth.Storage.Vitals;

/// <summary>Seconds since the last successful sync, nearest rank over the devices of the active window.</summary>
/// <param name="Gone">Devices that left the active window: counted beside the distribution, not in it.</param>
public sealed record Staleness(double P50, double P90, double P99, int Gone);
