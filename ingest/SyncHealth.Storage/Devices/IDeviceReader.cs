namespace SyncHealth.Storage.Devices;

/// <summary>Reads the last known state of devices.</summary>
public interface IDeviceReader
{
    /// <summary>Devices of the active window, deepest queue first (ties: oldest pending write first).</summary>
    Task<IReadOnlyList<DeviceSummary>> FurthestBehindAsync(
        string app, DateTimeOffset now, IReadOnlyList<Vitals.DimensionFilter> filters, int limit, CancellationToken cancellationToken);
}
