namespace SyncHealth.SyncEngine.Outbox;

/// <summary>What a queued operation does to its note. The numbers are stored in local databases: never renumber.</summary>
public enum OperationKind
{
    /// <summary>The note was created on this device.</summary>
    Insert = 1,

    /// <summary>The note was changed.</summary>
    Update = 2,

    /// <summary>The note was deleted.</summary>
    Delete = 3,
}
