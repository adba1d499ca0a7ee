namespace SyncHealth.Dashboard.Explore;

/// <summary>What the numbers are held against.</summary>
public enum ComparisonKind
{
    None = 0,

    /// <summary>The equally long range right before.</summary>
    Previous = 1,

    /// <summary>The same hours and weekdays, one week earlier (or as many whole weeks as the range is long).</summary>
    LastWeek = 2,

    /// <summary>Another part of the fleet in the same range.</summary>
    Segment = 3,
}
