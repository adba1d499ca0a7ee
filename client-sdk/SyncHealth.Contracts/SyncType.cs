namespace SyncHealth.Contracts;

/// <summary>What a sync cycle did. The numbers are stored: never renumber, only append.</summary>
public enum SyncType
{
    /// <summary>Everything was transferred anew.</summary>
    Full = 1,

    /// <summary>Only changes since the last token were transferred.</summary>
    Delta = 2,

    /// <summary>Local changes were sent, nothing was fetched.</summary>
    Push = 3,

    /// <summary>Remote changes were fetched, nothing was sent.</summary>
    Pull = 4,

    /// <summary>The app was opened: a heartbeat, no attempt.</summary>
    Open = 5,

    /// <summary>The client discarded its local state: no attempt; <c>rejected</c> counts the unsynced items lost.</summary>
    Reset = 6,
}
