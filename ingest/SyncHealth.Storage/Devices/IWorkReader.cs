namespace SyncHealth.Storage.Devices;

/// <summary>Reads where a device's work stands.</summary>
public interface IWorkReader
{
    /// <summary>The standing at <paramref name="now"/>, over all events that are kept; null when the app has no such device.</summary>
    /// <param name="app">Name of the app.</param>
    /// <param name="key">The opaque key; a text that is none is no device.</param>
    /// <param name="now">The present, on the shared clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<WorkStanding?> ReadAsync(string app, string key, DateTimeOffset now, CancellationToken cancellationToken);
}
