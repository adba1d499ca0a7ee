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
}
