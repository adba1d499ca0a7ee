using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.Storage.Keys;

/// <summary>All keys that could write at one moment, and the limits of apps.</summary>
internal sealed class KeySnapshot
{
    private readonly FrozenDictionary<UInt128, KeyLookup> _keys;
    private readonly FrozenDictionary<string, AppLimits> _apps;

    /// <param name="at">Timestamp from before the database was asked.</param>
    /// <param name="keys">Live keys, with their hashes.</param>
    /// <param name="apps">Apps that have limits of their own.</param>
    public KeySnapshot(long at, IEnumerable<IngestKeyRow> keys, IEnumerable<AppLimits> apps)
    {
        At = at;
        _keys = keys.ToFrozenDictionary(row => Short(row.Hash), row => new KeyLookup(KeyLookupStatus.Valid, row.ToKey()));
        _apps = apps.ToFrozenDictionary(limits => limits.App, StringComparer.Ordinal);
    }

    public long At { get; }

    /// <summary>What a key is looked up by: half of its SHA-256 is as far out of reach as the whole.</summary>
    public static UInt128 HashOf(string key) => Short(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public KeyLookup Find(UInt128 hash) => _keys.TryGetValue(hash, out var found) ? found : new KeyLookup(KeyLookupStatus.Unknown, null);

    public AppLimits? LimitsOf(string app) => _apps.GetValueOrDefault(app);

    private static UInt128 Short(byte[] hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);
}
