namespace SyncHealth.Storage.Vitals;

/// <summary>What a distribution is of.</summary>
public enum DistributionMetric
{
    /// <summary>Attempts by duration, milliseconds.</summary>
    Duration = 1,

    /// <summary>Devices by last reported queue depth, items.</summary>
    QueueDepth = 2,

    /// <summary>Devices by the age of their oldest pending write, seconds.</summary>
    OldestPending = 3,

    /// <summary>Devices by time since their last successful sync, seconds.</summary>
    Staleness = 4,
}
