using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>A request sorted into what is to be committed and what was refused.</summary>
/// <param name="App">The app that every event is of, whether it was refused or not; empty where none is named, or several are.</param>
internal sealed record IntakeResult(EventBatch Batch, IReadOnlyList<Rejection> Rejections, string App);
