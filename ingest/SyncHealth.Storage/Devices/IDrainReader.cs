using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads how devices come back after they could not sync: what had piled up, how long it takes to drain, and what the server is asked meanwhile.</summary>
public interface IDrainReader
{
    /// <summary>Of the window and moment of the question.</summary>
    /// <exception cref="VitalsQueryException">A dimension is no property of a device; the message names what is allowed.</exception>
    Task<DrainCourse> ReadAsync(DetectorQuery query, CancellationToken cancellationToken);
}
