namespace SyncHealth.Storage.Devices;

/// <summary>How many items, and when the last of them was reported.</summary>
/// <param name="Items">Items; 0 for none.</param>
/// <param name="LastAt">Corrected time of the last such report; null for none.</param>
public readonly record struct WorkCount(long Items, DateTimeOffset? LastAt);
