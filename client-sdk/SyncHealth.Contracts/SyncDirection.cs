namespace SyncHealth.Contracts;

/// <summary>Which way items moved. The numbers are stored: never renumber, only append.</summary>
public enum SyncDirection
{
    /// <summary>Not reported.</summary>
    Unknown = 0,

    /// <summary>Sent and fetched.</summary>
    Both = 1,

    /// <summary>Sent only.</summary>
    Up = 2,

    /// <summary>Fetched only.</summary>
    Down = 3,
}
