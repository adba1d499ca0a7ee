namespace SyncHealth.Client;

/// <summary>The telemetry's own books at one moment. <c>Issued</c> = <c>Sent</c> + <c>Queued</c> + the sum of <c>Dropped</c>, over the life of the install.</summary>
public sealed record SyncTelemetryStatus
{
    /// <summary>What the telemetry is doing.</summary>
    public SyncTelemetryState State { get; init; }

    /// <summary>The device id that events carry; <see langword="null"/> until the queue is open and no id was configured.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Events that got a sequence number; those still in memory are not among them.</summary>
    public long Issued { get; init; }

    /// <summary>Events that the server has answered for.</summary>
    public long Sent { get; init; }

    /// <summary>Of those sent, the ones the server rejected one by one (for example for their time).</summary>
    public long Rejected { get; init; }

    /// <summary>Events on disk that wait to be sent.</summary>
    public long Queued { get; init; }

    /// <summary>Size of the queued events in bytes.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>
    /// Events given up, by reason. The server is told with the next batch. Those that had been sent and never answered for may be counted there all the same: the server is told
    /// their numbers, and counts as lost what it does not have.
    /// </summary>
    public IReadOnlyDictionary<string, long> Dropped { get; init; } = new Dictionary<string, long>();

    /// <summary>When the server last confirmed a batch, on the telemetry's clock.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>How far the server's clock is ahead of the device's (negative: behind), to the minute, as of the last batch confirmed in this run; <see langword="null"/> before there was one.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Whether the server asked this install, as one of a share, to record nothing for now: what happens meanwhile is not issued, and missing nowhere. At most a day after the last answer.</summary>
    public bool IsSampledOut { get; init; }

    /// <summary>The last thing that went wrong, or <see langword="null"/>.</summary>
    public string? LastProblem { get; init; }
}
