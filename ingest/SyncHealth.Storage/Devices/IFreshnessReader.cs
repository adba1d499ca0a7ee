using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads how well promises of freshness are kept.</summary>
public interface IFreshnessReader
{
    /// <summary>Groups in natural order of their keys. The past is that of the snapshots, ages within 1 %, by core dimensions or one other alone.</summary>
    /// <exception cref="VitalsQueryException">A dimension is no property of a device; the message names what is allowed.</exception>
    Task<IReadOnlyList<FreshnessBudget>> ReadAsync(FreshnessQuestion question, CancellationToken cancellationToken);
}
