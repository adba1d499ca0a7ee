namespace SyncHealth.Statistics.Verdicts;

/// <summary>What a release is judged on.</summary>
public enum VerdictMetric
{
    /// <summary>Successful attempts / attempts: higher is better.</summary>
    SuccessRate,

    /// <summary>Attempts above the baseline's frozen p99 / attempts: lower is better.</summary>
    SlowShare,

    /// <summary>Attempts with a conflict / attempts: lower is better.</summary>
    ConflictedShare,

    /// <summary>Devices that fell silent / devices active in the same days: lower is better. A release that cannot sync at all shows here.</summary>
    SilentShare,
}
