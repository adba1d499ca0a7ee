namespace SyncHealth.SyncEngine.Outbox;

/// <summary>How soon an operation leaves. The numbers are stored in local databases: never renumber.</summary>
public enum OperationPriority
{
    /// <summary>At once: it waits for no further edit, and goes before everything else.</summary>
    High = 0,

    /// <summary>With the next push, soon after the edit.</summary>
    Medium = 1,

    /// <summary>Bulk: when everything else has been sent and fetched, a few at a time, and only where <see cref="EngineOptions.BulkConstraints"/> hold.</summary>
    Low = 2,
}
