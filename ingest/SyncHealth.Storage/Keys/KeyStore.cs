using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Keys;

/// <summary>Ingest keys. The database holds only their SHA-256: keys are random, so a plain hash cannot be reversed.</summary>
public sealed class KeyStore(NpgsqlDataSource dataSource, TimeProvider clock) : IKeyFinder
{
    /// <summary>How long a looked-up key is trusted: a revoked key can write this much longer.</summary>
    public static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(5);

    /// <summary>Cached answers, wrong keys included; a flood of wrong keys empties the cache instead of growing it.</summary>
    private const int MaxCached = 10_000;

    private const string Prefix = "shk_";
    private const int KeyBytes = 24;

    private static readonly string Insert = SqlFile.Beside<KeyStore>("InsertKey");
    private static readonly string Find = SqlFile.Beside<KeyStore>("FindKey");
    private static readonly string List = SqlFile.Beside<KeyStore>("ListKeys");
    private static readonly string Revoke = SqlFile.Beside<KeyStore>("RevokeKey");

    private readonly ConcurrentDictionary<string, (KeyLookup Answer, long At)> _cache = new(StringComparer.Ordinal);

    /// <summary>Creates a key and returns its text, which is nowhere stored.</summary>
    public async Task<string> CreateAsync(string? appName, string label, IReadOnlyList<string> allowedOrigins, CancellationToken cancellationToken)
    {
        var key = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        await EnsureAsync(key, appName, label, allowedOrigins, cancellationToken);
        return key;
    }

    /// <summary>Makes a key of a given text exist (the demo's <c>demo</c>); an existing one stays as it is.</summary>
    public async Task EnsureAsync(string key, string? appName, string label, IReadOnlyList<string> allowedOrigins, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new { hash = Hash(key), appName, label, origins = allowedOrigins.ToArray(), now = clock.GetUtcNow() },
            cancellationToken: cancellationToken));
        _cache.TryRemove(key, out _);
    }

    /// <summary>All keys, revoked ones included, oldest first.</summary>
    public async Task<IReadOnlyList<IngestKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<IngestKeyRow>(new CommandDefinition(List, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToKey())];
    }

    /// <summary>Revokes the key with this id; false when there is none or it was revoked before.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var revoked = await connection.ExecuteAsync(new CommandDefinition(
            Revoke, new { id, now = clock.GetUtcNow() }, cancellationToken: cancellationToken));
        _cache.Clear();
        return revoked > 0;
    }

    /// <inheritdoc/>
    public async ValueTask<KeyLookup> FindAsync(string key, CancellationToken cancellationToken)
    {
        var known = _cache.TryGetValue(key, out var cached);
        if (known && clock.GetElapsedTime(cached.At) < CacheFor)
            return cached.Answer;

        try
        {
            return Remember(key, await ReadAsync(key, cancellationToken));
        }
        catch (NpgsqlException) when (known)
        {
            // The database is away: a stale answer harms nothing, because nothing can be written either.
            return cached.Answer;
        }
        catch (NpgsqlException exception) when (exception is not PostgresException || exception.IsTransient)
        {
            return new KeyLookup(KeyLookupStatus.Unavailable, null);
        }
    }

    private async Task<KeyLookup> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<IngestKeyRow>(
            new CommandDefinition(Find, new { hash = Hash(key) }, cancellationToken: cancellationToken));
        return row is null ? new KeyLookup(KeyLookupStatus.Unknown, null) : new KeyLookup(KeyLookupStatus.Valid, row.ToKey());
    }

    private KeyLookup Remember(string key, KeyLookup answer)
    {
        if (_cache.Count >= MaxCached)
            _cache.Clear();
        _cache[key] = (answer, clock.GetTimestamp());
        return answer;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
