namespace SyncHealth.Storage.Keys;

/// <summary>How looking a key up ended.</summary>
public enum KeyLookupStatus
{
    /// <summary>The key is known and not revoked.</summary>
    Valid = 1,

    /// <summary>No such key, or a revoked one.</summary>
    Unknown = 2,

    /// <summary>The database is away and the key was not looked up before: nothing can be said.</summary>
    Unavailable = 3,
}
