using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>An event of a device as SQL returns it.</summary>
internal sealed record DeviceEventRow
{
    public DateTime At { get; init; }
    public DateTime DeviceAt { get; init; }
    public DateTime ReceivedAt { get; init; }
    public string Type { get; init; } = "";
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
    public int Rejected { get; init; }
    public int ConflictCount { get; init; }
    public string? ConflictsJson { get; init; }
    public string? DetailsJson { get; init; }
    public string ErrorKind { get; init; } = "";
    public string ErrorCode { get; init; } = "";
    public long? Seq { get; init; }

    public DeviceEvent ToEvent() => new()
    {
        At = VitalsReader.Utc(At),
        DeviceAt = VitalsReader.Utc(DeviceAt),
        ReceivedAt = VitalsReader.Utc(ReceivedAt),
        Type = Type,
        Outcome = Outcome,
        Trigger = Trigger,
        Network = Network,
        AppVersion = AppVersion,
        Os = Os,
        OsVersion = OsVersion,
        DurationMs = DurationMs,
        Retries = Retries,
        QueuedItems = QueuedItems,
        OldestPendingMs = OldestPendingMs,
        Pushed = Pushed,
        Pulled = Pulled,
        Rejected = Rejected,
        ConflictCount = ConflictCount,
        ConflictsJson = ConflictsJson,
        DetailsJson = DetailsJson,
        ErrorKind = ErrorKind,
        ErrorCode = ErrorCode,
        Seq = Seq,
    };
}
