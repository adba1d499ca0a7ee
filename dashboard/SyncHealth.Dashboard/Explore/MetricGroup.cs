namespace SyncHealth.Dashboard.Explore;

/// <summary>Metrics under one heading.</summary>
public enum MetricGroup
{
    Success = 1,
    Duration = 2,
    Conflicts = 3,
    Queue = 4,
    Staleness = 5,
    Volume = 6,
}
