namespace SyncHealth.Dashboard.Health;

/// <summary>The five vital signs, in the order of the page.</summary>
public enum VitalSign
{
    SuccessRate = 1,
    Duration = 2,
    ConflictRate = 3,
    QueueDepth = 4,
    Staleness = 5,
}
