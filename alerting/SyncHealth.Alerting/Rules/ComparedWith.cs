namespace SyncHealth.Alerting.Rules;

/// <summary>What <c>dropsBy</c> and <c>risesBy</c> are measured against.</summary>
public enum ComparedWith
{
    /// <summary>The same window seven days earlier.</summary>
    LastWeek = 1,

    /// <summary>The older release with the most devices in the same window; the rule is grouped by <c>app_version</c>.</summary>
    PreviousRelease = 2,
}
