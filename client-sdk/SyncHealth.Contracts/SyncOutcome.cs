namespace SyncHealth.Contracts;

/// <summary>How a sync attempt ended. The numbers are stored: never renumber, only append.</summary>
public enum SyncOutcome
{
    /// <summary>Not an attempt (<c>open</c>, <c>reset</c>).</summary>
    None = 0,

    /// <summary>Everything was synced.</summary>
    Success = 1,

    /// <summary>Finished, but some items were rejected; counts as a success and is also counted apart.</summary>
    Partial = 2,

    /// <summary>Did not finish.</summary>
    Failure = 3,

    /// <summary>Stopped by the app or the system before it finished; an attempt that did not succeed.</summary>
    Cancelled = 4,
}
