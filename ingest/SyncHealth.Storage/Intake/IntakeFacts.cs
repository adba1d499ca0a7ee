namespace SyncHealth.Storage.Intake;

/// <summary>What may be wrong with the picture itself, in one row.</summary>
public sealed record IntakeFacts
{
    /// <summary>Arrival, on the shared clock, of the oldest increment that waits for the fold, of any app; null when none waits.</summary>
    public DateTime? OldestUnfoldedAt { get; init; }

    /// <summary>Increments of counts that wait for the fold; counted up to a million.</summary>
    public long Unfolded { get; init; }

    /// <summary>Devices of the active window.</summary>
    public long Devices { get; init; }

    /// <summary>Those of them whose clock is off by 55 minutes or more.</summary>
    public long ClocksOff { get; init; }

    /// <summary>When an event of any device arrived last; null when none has.</summary>
    public DateTime? LastReceivedAt { get; init; }
}
