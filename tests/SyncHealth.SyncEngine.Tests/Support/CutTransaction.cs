using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>A transaction of a <see cref="CutStore"/>.</summary>
internal sealed class CutTransaction(IStoreTransaction inner, Action step) : IStoreTransaction
{
    public IRecordCollection Records { get; } = new CutRecords(inner.Records, step);

    public IOutboxCollection Outbox { get; } = new CutOutbox(inner.Outbox, step);

    public IConflictCollection Conflicts { get; } = new CutConflicts(inner.Conflicts, step);

    public ISyncStateCell State { get; } = new CutState(inner.State, step);
}
