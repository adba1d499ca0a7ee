namespace SyncHealth.SyncEngine;

/// <summary>What the device knows about its power at a moment.</summary>
/// <param name="IsCharging">Whether it is charging or plugged in; null when unknown, which holds nothing up.</param>
/// <param name="IsBatteryLow">Whether the system calls the battery low; null when unknown, which holds nothing up.</param>
public readonly record struct PowerState(bool? IsCharging, bool? IsBatteryLow);
