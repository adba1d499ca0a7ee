namespace SyncHealth.Storage.Keys;

/// <summary>Looks ingest keys up, fast enough for every request.</summary>
public interface IKeyFinder
{
    /// <summary>Finds a key by its text. A revocation is seen within <see cref="KeyStore.CacheFor"/>.</summary>
    /// <remarks>Does not throw for a database that is away.</remarks>
    ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken);
}
