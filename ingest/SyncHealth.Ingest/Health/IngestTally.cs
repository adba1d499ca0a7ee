using SyncHealth.Storage.Intake;

namespace SyncHealth.Ingest.Health;

/// <summary>The edge's own counts for the page that says what may be wrong with the picture.</summary>
internal sealed class IngestTally(IngestMetrics metrics) : IIntakeTally
{
    /// <inheritdoc/>
    public IntakeTally Read() => new(
        metrics.Accepted.Value, metrics.Duplicates.Value, metrics.IdConflicts.Value, metrics.Rejected.Values.ToDictionary(pair => pair.Value, pair => pair.Count));
}
