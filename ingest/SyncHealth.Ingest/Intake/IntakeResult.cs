using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>A request sorted into what is to be committed and what was refused.</summary>
internal sealed record IntakeResult(EventBatch Batch, IReadOnlyList<Rejection> Rejections);
