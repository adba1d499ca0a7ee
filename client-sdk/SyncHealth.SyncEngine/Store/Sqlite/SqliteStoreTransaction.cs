namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>The statements of a store by what they are about. The same object serves every transaction: nothing is allocated for one.</summary>
internal sealed class SqliteStoreTransaction(Statements statements, string device) : IStoreTransaction
{
    public IRecordCollection Records { get; } = new SqliteRecords(statements);

    public IOutboxCollection Outbox { get; } = new SqliteOutbox(statements, device);

    public IConflictCollection Conflicts { get; } = new SqliteConflicts(statements);

    public ISyncStateCell State { get; } = new SqliteState(statements);
}
