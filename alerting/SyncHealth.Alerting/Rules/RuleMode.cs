namespace SyncHealth.Alerting.Rules;

/// <summary>What decides that a threshold is passed.</summary>
public enum RuleMode
{
    /// <summary>The measured value, given enough data: the literal meaning of the rule.</summary>
    Point = 1,

    /// <summary>The one-sided Wilson bound: beyond the threshold with the rule's confidence, so that a small segment does not page by chance.</summary>
    Bound = 2,
}
