namespace SyncHealth.Dashboard.Explore;

/// <summary>Which way of a metric is the better one.</summary>
public enum MoreIs
{
    Neither = 0,
    Better = 1,
    Worse = 2,
}
