using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Keys;

/// <summary>
/// The keys that may write, held whole and read again when they grow old: there are few, and so a flood of unknown keys costs neither
/// memory nor queries, and cannot push a good key out.
/// </summary>
internal sealed class LiveKeys(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private static readonly string Load = SqlFile.Beside<LiveKeys>("LoadLiveKeys");

    private readonly Lock _lock = new();
    private volatile KeySnapshot? _snapshot;
    private Task<KeySnapshot>? _loading;
    private int _generation;

    public async ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = KeySnapshot.HashOf(key);
        var last = (_snapshot?.Find(hash)).GetValueOrDefault();
        try
        {
            var found = (await NotOlderThanAsync(KeyStore.CacheFor, cancellationToken)).Find(hash);
            return found.Status == KeyLookupStatus.Valid
                ? found
                : (await NotOlderThanAsync(KeyStore.NewKeySeenWithin, cancellationToken)).Find(hash);
        }
        catch (NpgsqlException) when (last.Status == KeyLookupStatus.Valid)
        {
            // The database is away: a stale answer harms nothing, because nothing can be written either.
            return last;
        }
        catch (NpgsqlException exception) when (exception is not PostgresException || exception.IsTransient)
        {
            return new KeyLookup(KeyLookupStatus.Unavailable, null);
        }
    }

    public AppLimits? LimitsOf(string app) => _snapshot?.LimitsOf(app);

    /// <summary>What was just changed here is seen at once here.</summary>
    public void Forget()
    {
        lock (_lock)
            (_snapshot, _loading, _generation) = (null, null, _generation + 1);
    }

    private ValueTask<KeySnapshot> NotOlderThanAsync(TimeSpan age, CancellationToken cancellationToken) =>
        _snapshot is { } snapshot && clock.GetElapsedTime(snapshot.At) < age
            ? ValueTask.FromResult(snapshot)
            : new ValueTask<KeySnapshot>(SharedLoad().WaitAsync(cancellationToken));

    /// <summary>Requests that wait for the keys wait for one query, also when the database is slow to say no.</summary>
    private Task<KeySnapshot> SharedLoad()
    {
        lock (_lock)
        {
            if (_loading is null or { IsCompleted: true })
                _loading = LoadAsync(_generation);
            return _loading;
        }
    }

    private async Task<KeySnapshot> LoadAsync(int generation)
    {
        // Leaves the lock that it is started under.
        await Task.Yield();
        var at = clock.GetTimestamp();
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var results = await connection.QueryMultipleAsync(Load);
        var snapshot = new KeySnapshot(at, await results.ReadAsync<IngestKeyRow>(), await results.ReadAsync<AppLimits>());
        Keep(snapshot, generation);
        return snapshot;
    }

    /// <summary>A load that was overtaken by a change must not bring back what it saw before it.</summary>
    private void Keep(KeySnapshot snapshot, int generation)
    {
        lock (_lock)
            if (generation == _generation)
                _snapshot = snapshot;
    }
}
