using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>A store whose app is killed before one operation of it: that one and all later ones fail, until the store is opened again.</summary>
internal sealed class CutStore(ILocalStore store) : ILocalStore
{
    private long _left = long.MaxValue;

    public event Action? Committed
    {
        add => store.Committed += value;
        remove => store.Committed -= value;
    }

    /// <summary>Kills the app after so many further operations, a beginning of a transaction counted as one.</summary>
    public void CutAfter(int operations) => Interlocked.Exchange(ref _left, operations);

    public T Read<T>(Func<IStoreTransaction, T> read)
    {
        Step();
        return store.Read(transaction => read(new CutTransaction(transaction, Step)));
    }

    public T Write<T>(Func<IStoreTransaction, T> write)
    {
        Step();
        return store.Write(transaction =>
        {
            var result = write(new CutTransaction(transaction, Step));
            // Everything is written, and the commit is not.
            Step();
            return result;
        });
    }

    public void Rest() => store.Rest();

    public void Dispose() => store.Dispose();

    private void Step()
    {
        if (Interlocked.Decrement(ref _left) < 0)
            throw new KilledException();
    }
}
