namespace SyncHealth.Contracts;

/// <summary>What started a sync cycle. The numbers are stored: never renumber, only append.</summary>
public enum SyncTrigger
{
    /// <summary>Not reported.</summary>
    Unknown = 0,

    /// <summary>The app was opened.</summary>
    AppOpen = 1,

    /// <summary>The app came to the foreground.</summary>
    Foreground = 2,

    /// <summary>The user asked for it.</summary>
    User = 3,

    /// <summary>A retry after a failure.</summary>
    Retry = 4,

    /// <summary>A local change.</summary>
    LocalWrite = 5,

    /// <summary>A change too important to wait.</summary>
    Priority = 6,

    /// <summary>A timer or the system's job scheduler.</summary>
    Scheduled = 7,

    /// <summary>The network came back.</summary>
    Reconnect = 8,
}
