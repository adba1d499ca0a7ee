namespace SyncHealth.Storage.Devices;

/// <summary>One event of a device's story, as it was reported. Names are those of the wire.</summary>
public sealed record DeviceEvent
{
    /// <summary>Corrected time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The device's own time.</summary>
    public DateTimeOffset DeviceAt { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary><c>full</c>, <c>delta</c>, <c>push</c>, <c>pull</c>, <c>open</c> or <c>reset</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>none</c> for <c>open</c> and <c>reset</c>.</summary>
    public string Outcome { get; init; } = "";

    public string Trigger { get; init; } = "";
    public string Network { get; init; } = "";
    public string AppVersion { get; init; } = "";
    public string Os { get; init; } = "";
    public string OsVersion { get; init; } = "";
    public int DurationMs { get; init; }
    public int Retries { get; init; }
    public int QueuedItems { get; init; }
    public long? OldestPendingMs { get; init; }
    public int Pushed { get; init; }
    public int Pulled { get; init; }

    /// <summary>Items that the server refused; for <c>reset</c> unsynced items that were discarded.</summary>
    public int Rejected { get; init; }

    public int ConflictCount { get; init; }

    /// <summary>Array of <c>{entity, kind, strategy, winner, discarded, count}</c>, or null.</summary>
    public string? ConflictsJson { get; init; }

    /// <summary>Object of <c>failures</c> and <c>deferred</c>, or null.</summary>
    public string? DetailsJson { get; init; }

    /// <summary>Empty when none was reported.</summary>
    public string ErrorKind { get; init; } = "";

    public string ErrorCode { get; init; } = "";
    public long? Seq { get; init; }

    public bool IsAttempt => Type is not ("open" or "reset");

    public bool IsSuccess => Outcome is "success" or "partial";
}
