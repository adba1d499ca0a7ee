namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// Where a device keeps its data: records, outbox, conflicts, and where synchronisation stands. The unit is the transaction: an edit and its outbox row, a
/// batch and its key, an answer and what it confirms, a page and its token each stand in one. Everything above is rules and the same for every store;
/// what a store owes them is written down, edge by edge, in the suite <c>LocalStoreContractTests</c>.
/// </summary>
public interface ILocalStore : IDisposable
{
    /// <summary>Raised after each transaction that was committed, outside of any lock, before its caller goes on: whoever shows data reads it anew.</summary>
    event Action? Committed;

    /// <summary>Runs reads: all of them see the same committed data. They never wait for the network, since no transaction is held across it.</summary>
    /// <param name="read">Must not wait, and must not keep the transaction.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The callback writes.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    T Read<T>(Func<IStoreTransaction, T> read);

    /// <summary>Runs one transaction; they follow one another. Everything of it becomes visible at once, or nothing when the callback throws.</summary>
    /// <param name="write">Must not wait, must not keep the transaction, and reads through it: it sees what it has written.</param>
    /// <exception cref="StoreException">The store cannot keep it; nothing of the transaction is kept.</exception>
    /// <exception cref="InvalidOperationException">The callback begins another transaction.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    T Write<T>(Func<IStoreTransaction, T> write);

    /// <summary>A cycle has ended and nothing is due: what the store holds only to be fast, and can read again, it may let go. Changes no data and never fails.</summary>
    void Rest()
    {
    }
}
