using SyncHealth.Contracts;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.Samples.Notes.Phones;

/// <summary>Everything that the screen of a phone shows, at one moment.</summary>
public sealed record PhoneView
{
    public required PhoneId Id { get; init; }

    public required PhoneNetwork Network { get; init; }

    /// <summary>The shared clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public required EngineStatus Status { get; init; }

    /// <summary>Until the engine syncs next by itself, in real time.</summary>
    public required TimeSpan NextIn { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<Note> Notes { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SettledConflict> Conflicts { get; init; }

    /// <summary>How this phone settles them.</summary>
    public required ConflictStrategy Strategy { get; init; }

    /// <summary>Null before the first sync has ended.</summary>
    public required LastCycle? Last { get; init; }

    /// <summary>Reports that the telemetry has recorded.</summary>
    public required long Recorded { get; init; }

    /// <summary>Of those, the ones that ingest has answered for.</summary>
    public required long Reported { get; init; }

    public bool IsOffline => Network == PhoneNetwork.Offline;

    public bool IsSyncing => Status.State == DataState.Syncing;

    /// <summary>Something went wrong that a retry may mend.</summary>
    public bool IsFailing => !IsOffline && Status.FailuresSince > 0;
}
