using System.Collections.Concurrent;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>
/// Names that live once in the database, with their ids in memory. Filled before and outside the events' transaction:
/// a name without events harms nobody, while a lock on it would make writers wait for each other.
/// </summary>
internal abstract class DictionaryCache<TKey, TId>
    where TKey : notnull
{
    /// <summary>Entries kept: a flood of distinct names (one tag per device) empties the cache instead of the memory.</summary>
    private const int MaxEntries = 200_000;

    private readonly ConcurrentDictionary<TKey, TId> _ids = new();

    public bool TryGet(TKey key, out TId id) => _ids.TryGetValue(key, out id!);

    public void Forget() => _ids.Clear();

    /// <summary>Learns the ids of names, adding to the database those that it does not know.</summary>
    /// <param name="now">When they were first seen.</param>
    public async Task LearnAsync(NpgsqlConnection connection, IReadOnlyCollection<TKey> keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return;
        if (_ids.Count + keys.Count > MaxEntries)
            _ids.Clear();
        foreach (var (key, id) in await ResolveAsync(connection, [.. keys], now, cancellationToken))
            _ids[key] = id;
    }

    protected abstract Task<IEnumerable<(TKey Key, TId Id)>> ResolveAsync(
        NpgsqlConnection connection, TKey[] keys, DateTimeOffset now, CancellationToken cancellationToken);
}
