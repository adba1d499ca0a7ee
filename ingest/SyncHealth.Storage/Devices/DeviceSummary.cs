namespace SyncHealth.Storage.Devices;

/// <summary>One device's last known state. <paramref name="Key"/> is the opaque 16-digit hexadecimal device key.</summary>
public sealed record DeviceSummary(
    string Key, string AppVersion, string Os, string OsVersion, string Network, string DeviceModel,
    int QueueDepth, DateTimeOffset? OldestPendingAt, DateTimeOffset? LastSuccessAt, DateTimeOffset LastSeenAt);
