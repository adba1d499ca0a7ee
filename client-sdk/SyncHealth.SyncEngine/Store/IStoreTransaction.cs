namespace SyncHealth.SyncEngine.Store;

/// <summary>What one transaction of a <see cref="ILocalStore"/> reads and writes. For one thread, and not beyond its callback.</summary>
public interface IStoreTransaction
{
    /// <summary>The records, and what the server had of those whose edits wait.</summary>
    IRecordCollection Records { get; }

    /// <summary>Local changes on their way to the server.</summary>
    IOutboxCollection Outbox { get; }

    /// <summary>What is kept of conflicts.</summary>
    IConflictCollection Conflicts { get; }

    /// <summary>Where synchronisation stands.</summary>
    ISyncStateCell State { get; }
}
