namespace SyncHealth.SyncEngine.Store;

/// <summary>What every store can do by what it has to do.</summary>
public static class LocalStoreExtensions
{
    /// <summary>As <see cref="ILocalStore.Write{T}"/>, for a transaction that has nothing to say.</summary>
    public static void Write(this ILocalStore store, Action<IStoreTransaction> write)
    {
        ArgumentNullException.ThrowIfNull(store);
        store.Write(transaction =>
        {
            write(transaction);
            return true;
        });
    }
}
