using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads who is still there and how fresh the data of all expected devices is.</summary>
public interface IPresenceReader
{
    /// <summary>Groups in natural order of their keys.</summary>
    /// <param name="app">Name of the app.</param>
    /// <param name="now">The present, on the shared clock.</param>
    /// <param name="within">How recent a report or a success has to be.</param>
    /// <param name="by">Dimensions of devices; none for one group of all.</param>
    /// <param name="filters">Which devices.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VitalsQueryException">A dimension is no property of a device; the message names what is allowed.</exception>
    Task<IReadOnlyList<PresenceGroup>> ReadAsync(
        string app, DateTimeOffset now, TimeSpan within, IReadOnlyList<string> by, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken);
}
