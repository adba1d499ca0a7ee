namespace SyncHealth.SyncEngine;

/// <summary>What a user may be told about the data on the screen.</summary>
public enum DataState
{
    /// <summary>Nothing waits, nothing was refused, and the last sync did everything not long ago.</summary>
    Synced,

    /// <summary>A sync is running; the data can be used meanwhile.</summary>
    Syncing,

    /// <summary>Edits exist that the server has not confirmed.</summary>
    LocalChangesPending,

    /// <summary>The data is there, but the last complete sync is too long ago, failed since, or never happened.</summary>
    Stale,
}
