using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads how much telemetry never arrived.</summary>
public interface IGapReader
{
    /// <summary>Sequence numbers issued and received over the devices of the active window; zeros when none numbers its events.</summary>
    /// <exception cref="VitalsQueryException">A filter is no property of a device.</exception>
    Task<TelemetryGaps> ReadAsync(string app, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken);
}
