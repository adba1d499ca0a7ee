namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>Where synchronisation stands.</summary>
internal sealed class InMemoryState : ISyncStateCell
{
    private readonly InMemoryTransaction _transaction;
    private SyncState _state;
    private long _lastStamp;

    public InMemoryState(InMemoryTransaction transaction, SyncState state) => (_transaction, _state) = (transaction, state);

    public InMemoryState(InMemoryTransaction transaction, InMemoryState before) =>
        (_transaction, _state, _lastStamp) = (transaction, before._state, before._lastStamp);

    public long LastStamp
    {
        get => _lastStamp;
        set
        {
            _transaction.DemandOpen();
            _lastStamp = value;
        }
    }

    public SyncState Read() => _state;

    public void Save(SyncState state)
    {
        _transaction.DemandOpen();
        _state = state with { Device = _state.Device };
    }
}
