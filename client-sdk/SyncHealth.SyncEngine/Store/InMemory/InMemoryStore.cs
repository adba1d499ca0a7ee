namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>
/// Objects in memory: nothing survives the process. For tests, simulations and data that may vanish. What is committed is an immutable snapshot; a write
/// builds the next one on it and publishes it whole, so that readers never wait for a writer, and a write that throws has never happened.
/// </summary>
public sealed class InMemoryStore : ILocalStore
{
    private readonly Lock _lock = new();
    private InMemoryTransaction _committed;
    private volatile bool _isClosed;

    /// <summary>An empty store of a device.</summary>
    public InMemoryStore(string device)
        : this(InMemoryTransaction.Empty(device))
    {
    }

    private InMemoryStore(InMemoryTransaction committed) => _committed = committed;

    /// <inheritdoc/>
    public event Action? Committed;

    /// <summary>A store of its own with what this one has now, also when this one is closed: what a restart finds, or a backup. Costs nothing, whatever it holds.</summary>
    public InMemoryStore Fork() => new(Volatile.Read(ref _committed));

    /// <inheritdoc/>
    public T Read<T>(Func<IStoreTransaction, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return read(Volatile.Read(ref _committed));
    }

    /// <inheritdoc/>
    public T Write<T>(Func<IStoreTransaction, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var result = Commit(write);
        Committed?.Invoke();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            _isClosed = true;
    }

    private T Commit<T>(Func<IStoreTransaction, T> write)
    {
        if (_lock.IsHeldByCurrentThread)
            throw new InvalidOperationException("A transaction of the local store cannot begin another one.");
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            T result;
            var next = _committed.Begin();
            using (next)
                result = write(next);
            Volatile.Write(ref _committed, next);
            return result;
        }
    }
}
