namespace SyncHealth.Storage.Devices;

/// <summary>Finds devices, and tells what happened on one.</summary>
public interface IDeviceDirectory
{
    /// <summary>One page of the devices of the active window.</summary>
    /// <exception cref="Vitals.VitalsQueryException">A filter is no property of a device.</exception>
    Task<DeviceListing> ListAsync(DeviceListQuery query, CancellationToken cancellationToken);

    /// <summary>What a search may mean, at most <paramref name="limit"/> of each kind. Devices of any age are found.</summary>
    Task<DeviceMatches> FindAsync(DeviceSearch search, int limit, CancellationToken cancellationToken);

    /// <summary>The last known state; null when the app has no such device.</summary>
    /// <param name="key">The opaque device key; what is none belongs to no device.</param>
    Task<DeviceFacts?> ReadFactsAsync(string app, string key, CancellationToken cancellationToken);

    /// <summary>What the device reported in [<paramref name="from"/>, <paramref name="to"/>) of corrected time, newest first.</summary>
    Task<IReadOnlyList<DeviceEvent>> ReadEventsAsync(
        string app, string key, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>Reports of the device that never became events.</summary>
    Task<IReadOnlyList<DeviceLoss>> ReadLossesAsync(string app, string key, DateTimeOffset now, CancellationToken cancellationToken);
}
