namespace SyncHealth.Storage.Alerts;

/// <summary>Devices by the depth of their last reported queue.</summary>
/// <param name="Devices">Devices that reported inside the window.</param>
/// <param name="Over">Those of them whose queue is deeper than asked.</param>
public readonly record struct QueueCounts(long Devices, long Over);
