namespace SyncHealth.Alerting.States;

/// <summary>Why an alert changed its status.</summary>
public enum TransitionReason
{
    /// <summary>The threshold was passed, for as long as the rule asks.</summary>
    Breach = 1,

    /// <summary>No attempt succeeded at all.</summary>
    TotalFailure = 2,

    /// <summary>The data is good again.</summary>
    Recovered = 3,

    /// <summary>The breach passed before <c>for</c>.</summary>
    Passed = 4,

    /// <summary>Bad again before <c>keepFiringFor</c>.</summary>
    Relapsed = 5,

    /// <summary>The rule is gone, so nothing would ever resolve the incident.</summary>
    RuleDeleted = 6,
}
