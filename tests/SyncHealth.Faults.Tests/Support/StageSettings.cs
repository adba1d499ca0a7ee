using SyncHealth.Faults.Tests.SeededBugs;
using SyncHealth.Ingest;
using SyncHealth.Storage;

namespace SyncHealth.Faults.Tests.Support;

/// <summary>How an <see cref="IngestStage"/> differs from production.</summary>
internal sealed record StageSettings
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public bool RunLoops { get; init; } = true;

    public Action<StorageOptions> Storage { get; init; } = _ => { };

    public Action<IngestOptions> Ingest { get; init; } = _ => { };

    /// <summary>A bug that the suite must find.</summary>
    public SeededBug Bug { get; init; } = SeededBug.None;
}
