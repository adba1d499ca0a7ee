namespace SyncHealth.Alerting.Rules;

/// <summary>What a rule watches. The definitions are those of the vital signs (contract section 5).</summary>
public enum RuleMetric
{
    /// <summary>Successful attempts / attempts × 100.</summary>
    SuccessRate = 1,

    /// <summary>99th percentile of the duration of attempts, in milliseconds, by nearest rank.</summary>
    DurationP99 = 2,

    /// <summary>Devices whose last reported queue is deeper than the rule's <c>depthOver</c> / devices × 100.</summary>
    QueueDepthShare = 3,

    /// <summary>Conflicts / attempts × 100; can exceed 100.</summary>
    ConflictRate = 4,

    /// <summary>Attempts that succeeded without a retry / attempts × 100.</summary>
    FirstTryRate = 5,

    /// <summary>Median of the duration of attempts, in milliseconds.</summary>
    DurationP50 = 6,

    /// <summary>90th percentile of the duration of attempts, in milliseconds.</summary>
    DurationP90 = 7,

    /// <summary>Attempts that took longer than the rule's <c>slowerThan</c> / attempts × 100.</summary>
    SlowShare = 8,

    /// <summary>Attempts with a conflict / attempts × 100.</summary>
    ConflictedShare = 9,

    /// <summary>Devices whose last successful sync is older than the rule's <c>staleAfter</c> / devices × 100.</summary>
    StalenessShare = 10,

    /// <summary>Devices whose last successful sync is at most <c>staleAfter</c> old / devices × 100.</summary>
    FreshnessShare = 11,

    /// <summary>Devices not heard from for the rule's <c>silentAfter</c> / devices × 100.</summary>
    SilentShare = 12,

    /// <summary>Attempts in the window.</summary>
    Attempts = 13,

    /// <summary>Attempts that reached us in the window more than 15 minutes after they ended: the backlog that the arrival clock leaves out.</summary>
    LateAttempts = 14,

    /// <summary>Devices heard from / devices expected at this hour of the week × 100.</summary>
    SilentFleet = 15,

    /// <summary>Devices whose syncs succeed while something waits and nothing moves / devices × 100.</summary>
    StuckShare = 16,

    /// <summary>Items that were sent again / items sent × 100.</summary>
    ReuploadRatio = 17,

    /// <summary>Devices on which one item fails in every sync and blocks the rest / devices × 100.</summary>
    PoisonShare = 18,

    /// <summary>Devices on which a client reset threw unsynced items away / devices × 100.</summary>
    ResetLossShare = 19,

    /// <summary>Devices whose clock is off by 55 minutes or more / devices × 100.</summary>
    ClockOffShare = 20,

    /// <summary>Sequence numbers that no event carries / numbers issued × 100.</summary>
    TelemetryLoss = 21,

    /// <summary>Whether a release is worse than its baseline, as its verdict says; in percentage points of the metric that decides.</summary>
    ReleaseVerdict = 22,
}
