namespace SyncHealth.SyncEngine.Triggers;

/// <summary>What a background job tells the system that ran it.</summary>
public enum JobVerdict
{
    /// <summary>Everything was done; the next run comes after the period.</summary>
    Done,

    /// <summary>It failed: the system may run it again, by its own backoff.</summary>
    Retry,

    /// <summary>The system ran it although its constraints do not hold, as those that know no constraints do. Nothing was sent; the reason is counted.</summary>
    Deferred,
}
