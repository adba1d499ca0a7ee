namespace SyncHealth.Storage.Vitals;

/// <summary>Last reported upload queue depth, over the devices seen in the active window.</summary>
/// <param name="Devices">Devices in the window.</param>
/// <param name="Mean">Items, mean over devices.</param>
/// <param name="P99">Items, nearest rank over devices.</param>
/// <param name="DevicesOver">Devices above the asked threshold.</param>
/// <param name="OldestPendingSeconds">Age of the oldest write still waiting on any of them, or null when nothing waits.</param>
public sealed record QueueDepth(int Devices, double Mean, int P99, int DevicesOver, double? OldestPendingSeconds);
