namespace SyncHealth.Storage.Vitals;

/// <summary>Answers how durations were spread, step by step: what a heatmap draws and a histogram adds up.</summary>
public interface IDurationReader
{
    /// <summary>Durations per point, all groups together; null for an unknown app. Grouping and the parts of the question that are not about durations are ignored.</summary>
    /// <exception cref="VitalsQueryException">The question cannot be answered as asked; the message names what is allowed.</exception>
    Task<DurationAnswer?> ReadDurationsAsync(VitalsQuery query, CancellationToken cancellationToken);
}
