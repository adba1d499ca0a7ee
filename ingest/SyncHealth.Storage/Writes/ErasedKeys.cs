using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>The tombstones that one writer knows: devices and users that were erased, of whom nothing may be written any more.</summary>
internal sealed class ErasedKeys
{
    /// <summary>
    /// Key of the advisory lock that writers share for the length of a transaction and an erasure takes alone: whoever began before the tombstone has
    /// ended when rows are deleted, and whoever begins later sees it. Any constant of ours will do.
    /// </summary>
    internal const long WritersLock = 0x53796E4572617365;

    private static readonly string ReadErased = SqlFile.Beside<ErasedKeys>("ReadErased");

    private readonly HashSet<long> _devices = [];
    private readonly HashSet<long> _users = [];
    private long _known;

    /// <summary>Joins the writers for this transaction and learns what was erased meanwhile.</summary>
    public async Task JoinAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var answers = await transaction.Connection!.QueryMultipleAsync(new CommandDefinition(
            ReadErased, new { Lock = WritersLock, Known = _known }, transaction, cancellationToken: cancellationToken));
        await answers.ReadAsync();
        foreach (var (number, kind, key) in await answers.ReadAsync<(long, string, long)>())
        {
            (kind == "device" ? _devices : _users).Add(key);
            _known = number;
        }
    }

    /// <summary>Whether something of this device, told on behalf of this user, must not be written.</summary>
    public bool Holds(long deviceKey, long? userKey) =>
        _devices.Contains(deviceKey) || (userKey is { } user && _users.Contains(user));
}
