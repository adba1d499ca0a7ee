namespace SyncHealth.Storage.Keys;

/// <summary>Looks ingest keys up, fast enough for every request.</summary>
public interface IKeyFinder
{
    /// <summary>Finds a key by its text. That it was paused or revoked is seen within <see cref="KeyStore.CacheFor"/>, a new one within <see cref="KeyStore.NewKeySeenWithin"/>.</summary>
    /// <remarks>Does not throw for a database that is away.</remarks>
    ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>The limits set for an app, as of the last lookup; null when none are.</summary>
    AppLimits? LimitsOf(string app);
}
