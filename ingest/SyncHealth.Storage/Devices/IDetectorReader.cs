using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads what detectors say: syncs that succeed in name only, and devices whose word is not to be trusted.</summary>
public interface IDetectorReader
{
    /// <summary>Counts by segment, in natural order of their keys; segments without a report in the window are absent.</summary>
    /// <exception cref="VitalsQueryException">A dimension is no property of a device; the message names what is allowed.</exception>
    Task<IReadOnlyList<DetectionGroup>> CountAsync(DetectorQuery query, CancellationToken cancellationToken);

    /// <summary>The devices behind the counts, those with most at stake first, at most <paramref name="limit"/> of each detector.</summary>
    /// <exception cref="VitalsQueryException">A filter is no property of a device; the message names what is allowed.</exception>
    Task<IReadOnlyList<DetectedDevice>> ListAsync(DetectorQuery query, int limit, CancellationToken cancellationToken);
}
