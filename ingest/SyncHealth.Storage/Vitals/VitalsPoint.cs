namespace SyncHealth.Storage.Vitals;

/// <summary>The vital signs of one group in one step. Rates are percentages; null where there was no attempt to judge.</summary>
public sealed record VitalsPoint
{
    /// <summary>Start of the step; the range's start without a step.</summary>
    public required DateTimeOffset At { get; init; }

    public long Attempts { get; init; }
    public long Successes { get; init; }
    public long Partial { get; init; }
    public long Cancelled { get; init; }

    /// <summary>Distinct devices with at least one attempt; null where they are no longer known.</summary>
    public long? Devices { get; init; }

    public double? SuccessRate { get; init; }

    /// <summary>Lower end of the 95 % Wilson interval.</summary>
    public double? SuccessRateLow { get; init; }

    /// <summary>Upper end of the 95 % Wilson interval.</summary>
    public double? SuccessRateHigh { get; init; }

    public double? FirstTryRate { get; init; }
    public FailureSplit Failures { get; init; }
    public DurationPercentiles? DurationMs { get; init; }
    public DurationPercentiles? SuccessDurationMs { get; init; }

    /// <summary>Attempts that took longer than 60 s, counted exactly.</summary>
    public long Over60s { get; init; }

    /// <summary>Conflicts / attempts × 100; can exceed 100.</summary>
    public double? ConflictRate { get; init; }

    /// <summary>Attempts with a conflict / attempts × 100.</summary>
    public double? ConflictedShare { get; init; }

    /// <summary>Conflicts by strategy wire name; strategies without one are absent.</summary>
    public IReadOnlyDictionary<string, long> Conflicts { get; init; } = ConflictCounts.None;

    public long DiscardedEdits { get; init; }
    public long Pushed { get; init; }
    public long Pulled { get; init; }

    /// <summary>
    /// Items written on devices during the step, to be held against <see cref="Pushed"/>: pushed plus what the queues grew by, never below 0. An estimate, because
    /// devices join and leave the active window. Null on the arrival clock, where the fleet is not known at both ends, and in steps narrower than the five
    /// minutes between two snapshots of it.
    /// </summary>
    public long? Written { get; init; }
    public long BytesUp { get; init; }
    public long BytesDown { get; init; }

    /// <summary>As of the end of the step; null when no snapshot covers it.</summary>
    public QueueDepth? QueueDepth { get; init; }

    /// <summary>As of the end of the step; null when no snapshot covers it.</summary>
    public Staleness? StalenessSeconds { get; init; }

    /// <summary>Estimated share of the row's events that have arrived; null before anything is learned.</summary>
    public double? Completeness { get; init; }
}
