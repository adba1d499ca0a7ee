namespace SyncHealth.Storage.Markers;

/// <summary>Reads markers.</summary>
public interface IMarkerReader
{
    /// <summary>Markers in [<paramref name="from"/>, <paramref name="to"/>), oldest first: of one app, those of all apps included; without an app, all.</summary>
    Task<IReadOnlyList<Marker>> ListAsync(string? app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
