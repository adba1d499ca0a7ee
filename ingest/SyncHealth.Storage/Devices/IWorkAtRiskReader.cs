using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Counts the work that has not left its device for too long.</summary>
public interface IWorkAtRiskReader
{
    /// <summary>
    /// What waits on devices seen in the 30 days before <paramref name="now"/> whose oldest pending write (or where none is reported, last success, or else
    /// first report) lies before <paramref name="waitingSince"/>. A device not seen since then is silent; one that was is stuck.
    /// </summary>
    /// <exception cref="VitalsQueryException">A filter is no property of a device; the message names what is allowed.</exception>
    Task<WorkAtRisk> ReadWorkAtRiskAsync(
        string app, DateTimeOffset now, DateTimeOffset waitingSince, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken);
}
