namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>
/// A snapshot of everything, and the transaction that makes the next one: open, it can be written; ended, it never changes again, and is what readers
/// and the next transaction start from.
/// </summary>
internal sealed class InMemoryTransaction : IStoreTransaction, IDisposable
{
    private bool _isOpen;

    private InMemoryTransaction(string device)
    {
        Records = new InMemoryRecords(this);
        Outbox = new InMemoryOutbox(this);
        Conflicts = new InMemoryConflicts(this);
        State = new InMemoryState(this, SyncState.Of(device));
    }

    private InMemoryTransaction(InMemoryTransaction before)
    {
        Records = new InMemoryRecords(this, before.Records);
        Outbox = new InMemoryOutbox(this, before.Outbox);
        Conflicts = new InMemoryConflicts(this, before.Conflicts);
        State = new InMemoryState(this, before.State);
        _isOpen = true;
    }

    public InMemoryRecords Records { get; }

    public InMemoryOutbox Outbox { get; }

    public InMemoryConflicts Conflicts { get; }

    public InMemoryState State { get; }

    IRecordCollection IStoreTransaction.Records => Records;

    IOutboxCollection IStoreTransaction.Outbox => Outbox;

    IConflictCollection IStoreTransaction.Conflicts => Conflicts;

    ISyncStateCell IStoreTransaction.State => State;

    /// <summary>What a new store has committed.</summary>
    public static InMemoryTransaction Empty(string device) => new(device);

    /// <summary>Opens the transaction that follows this snapshot.</summary>
    public InMemoryTransaction Begin() => new(this);

    /// <summary>Ends the transaction, committed or not.</summary>
    public void Dispose() => _isOpen = false;

    /// <exception cref="InvalidOperationException">This is a snapshot: the caller has promised to read only.</exception>
    public void DemandOpen()
    {
        if (!_isOpen)
            throw new InvalidOperationException("A read of the local store cannot write.");
    }
}
