namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>The stores that the engine is tested on.</summary>
public enum StoreKind
{
    /// <summary>The default: an SQLite file.</summary>
    Sqlite,

    /// <summary>Objects in memory.</summary>
    InMemory,
}
