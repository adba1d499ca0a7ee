using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>One event as an adapter read it: typed, but not yet held against resource, clock and rules. A struct, so that a batch is one array.</summary>
internal struct DecodedEvent
{
    /// <summary>What needs no further thought is already in its place.</summary>
    public EventRow Row;

    /// <summary>Index into <see cref="DecodedBatch.Resources"/>.</summary>
    public int Resource;

    public bool HasTimestamp;
    public bool HasType;
    public bool HasDuration;
    public bool HasConflictCount;

    /// <summary>Hash of the event's own id; null when it has none.</summary>
    public long? IdHash;

    public bool? Success;
    public SyncTrigger Trigger;
    public SyncNetwork Network;
    public string? AppVersion;
    public string? Os;
    public string? OsVersion;

    /// <summary>Monotonic milliseconds between recording and sending.</summary>
    public long? AgeMs;

    /// <summary>Null while nothing is wrong. The first finding stays.</summary>
    public string? RejectCode;
    public string? RejectMessage;

    public void Reject(string code, string message)
    {
        if (RejectCode is not null)
            return;
        RejectCode = code;
        RejectMessage = message;
    }
}
