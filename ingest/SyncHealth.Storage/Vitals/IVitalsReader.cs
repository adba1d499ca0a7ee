namespace SyncHealth.Storage.Vitals;

/// <summary>Answers vital-sign questions. Dashboard, API, command line and Grafana all read the SQL behind it.</summary>
public interface IVitalsReader
{
    /// <summary>The vital signs, or null when no such app is known.</summary>
    /// <exception cref="VitalsQueryException">An unknown dimension or time zone, an empty range, or a step that is no whole minutes; the message names what is allowed.</exception>
    Task<VitalsAnswer?> ReadAsync(VitalsQuery query, CancellationToken cancellationToken);

    /// <summary>Bucket counts of one metric over the same rows, or null when no such app is known.</summary>
    Task<DistributionAnswer?> ReadDistributionAsync(DistributionMetric metric, VitalsQuery query, CancellationToken cancellationToken);
}
