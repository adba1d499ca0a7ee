namespace SyncHealth.Storage.Devices;

/// <summary>One page of a list of devices.</summary>
/// <param name="Total">Devices of all pages.</param>
public sealed record DeviceListing(long Total, IReadOnlyList<DeviceFacts> Devices);
