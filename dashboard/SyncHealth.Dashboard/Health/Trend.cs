namespace SyncHealth.Dashboard.Health;

/// <summary>Which way a vital sign went against the previous period.</summary>
public enum Trend
{
    /// <summary>Nothing to compare with.</summary>
    Unknown = 0,
    Same = 1,
    Better = 2,
    Worse = 3,
}
