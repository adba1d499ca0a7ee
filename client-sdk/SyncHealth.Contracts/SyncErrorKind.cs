namespace SyncHealth.Contracts;

/// <summary>Who is to blame for a failed attempt, so that a train is not a bad release. The numbers are stored: never renumber, only append.</summary>
public enum SyncErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The device had no usable network.</summary>
    Offline = 1,

    /// <summary>No answer in time.</summary>
    Timeout = 2,

    /// <summary>The server failed (5xx).</summary>
    Server = 3,

    /// <summary>Not signed in or not permitted to sync.</summary>
    Auth = 4,

    /// <summary>The server refused the items.</summary>
    Denied = 5,

    /// <summary>A defect of the app.</summary>
    Client = 6,

    /// <summary>The local database failed.</summary>
    Storage = 7,

    /// <summary>Stopped before it finished.</summary>
    Cancelled = 8,

    /// <summary>The two sides do not speak the same schema version.</summary>
    Schema = 9,

    /// <summary>Reported, but not a known kind.</summary>
    Unknown = 10,
}
