using SyncHealth.Storage.ServerLog;

namespace SyncHealth.Storage.Devices;

/// <summary>What the kept events of one device say about its work, summed up; and what its last report did.</summary>
public sealed record WorkFacts
{
    /// <summary>The opaque 16-digit hexadecimal device key.</summary>
    public required string Key { get; init; }

    /// <summary>Corrected time of the last report.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Null for a device that never synced.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Unsynced items at the last report.</summary>
    public int QueueDepth { get; init; }

    /// <summary>When the oldest of them was written; null when the device did not say.</summary>
    public DateTimeOffset? OldestPendingAt { get; init; }

    /// <summary>Syncs in a row, up to the last, that succeeded and moved nothing up while items waited.</summary>
    public int IdleSuccesses { get; init; }

    /// <summary>Unsynced items that client resets discarded.</summary>
    public WorkCount Discarded { get; init; }

    /// <summary>Items that the server refused.</summary>
    public WorkCount Rejected { get; init; }

    /// <summary>Edits discarded by conflicts that this device did not win.</summary>
    public WorkCount Overwritten { get; init; }

    /// <summary>Numbers in its sequence that no event carries; null when it numbers nothing.</summary>
    public long? MissingEvents { get; init; }

    /// <summary>What the app's sync server says of the device; null when it sends no log.</summary>
    public ServerWord? Server { get; init; }
}
