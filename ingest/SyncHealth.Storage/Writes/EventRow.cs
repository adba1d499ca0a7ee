using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>One event, decoded, validated and set to the right time: a row about to be committed. A struct, so that a batch is one array.</summary>
public struct EventRow
{
    public SegmentKey Segment;

    /// <summary>First 64 bits of HMAC-SHA256(secret, app, device id); of the app alone where <see cref="HasDevice"/> is false.</summary>
    public long DeviceKey;

    /// <summary>False when the sender named no device: counted in rates, never in device figures.</summary>
    public bool HasDevice;

    /// <summary>HMAC of the host's own user reference, or null.</summary>
    public long? UserKey;

    /// <summary>The device's own timestamp as sent: with device and <see cref="IdHash"/> the event's identity.</summary>
    public DateTimeOffset DeviceAt;

    /// <summary>The corrected time: what every event-clock number goes by. Equals <see cref="DeviceAt"/> unless the clock was off.</summary>
    public DateTimeOffset EventAt;

    /// <summary>64-bit hash of the event's id, else of its seq, else of (idempotency key or body hash, index).</summary>
    public long IdHash;

    /// <summary>32-bit hash of the event's body: tells a resend from another event under the same identity.</summary>
    public int BodyHash;

    public long? Seq;
    public SyncType Type;

    /// <summary><see cref="SyncOutcome.None"/> for <c>open</c> and <c>reset</c>, which are no attempts.</summary>
    public SyncOutcome Outcome;

    public SyncDirection Direction;
    public SyncErrorKind ErrorKind;
    public string? ErrorCode;
    public bool? Metered;
    public int DurationMs;
    public int Retries;

    public int QueuedItems;
    public long? OldestPendingMs;
    public DateTimeOffset? LastSuccessAt;

    public int Pushed;
    public int Pulled;
    public int Applied;
    public int Rejected;
    public long BytesUp;
    public long BytesDown;

    /// <summary>Conflicts met; what <see cref="Conflicts"/> lacks of it has strategy <c>unknown</c>.</summary>
    public int ConflictCount;

    public ConflictEntry[]? Conflicts;

    /// <summary>Index into <see cref="EventBatch.Profiles"/>.</summary>
    public int Profile;

    /// <summary>JSON of <c>failures</c> and <c>deferred</c> as sent (validated, size-limited), or null.</summary>
    public string? DetailsJson;

    /// <summary>Whether the event is a sync attempt (<c>open</c> and <c>reset</c> are not).</summary>
    public readonly bool IsAttempt => Type is not (SyncType.Open or SyncType.Reset);

    /// <summary>Whether the attempt succeeded; <c>partial</c> is a success.</summary>
    public readonly bool IsSuccess => Outcome is SyncOutcome.Success or SyncOutcome.Partial;
}
