using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Moves device hours that are over into sets, so that questions over weeks read few rows. Numbers do not depend on it: readers join both.
/// Any number of processes may run it: one moves at a time.
/// </summary>
internal static class DeviceHourFold
{
    /// <summary>
    /// How long an hour stays a row per device after it began. An hour longer than <see cref="DeviceFold"/> adds such rows, so that the two never want
    /// the same one while both write sets: each in key order, they wait for each other and do not lock each other out.
    /// </summary>
    private static readonly TimeSpan StayOpen = TimeSpan.FromHours(3);

    /// <summary>Rows per transaction: bounds its memory and how long it holds its rows.</summary>
    private const int MaxRows = 50_000;

    /// <summary>Keys of one set grow to this size before they are compacted: twice the longest exact set, so that compaction always pays.</summary>
    internal const int MaxKeyBytes = 2 * DeviceSet.MaxExact * DeviceSet.KeyBytes;

    /// <summary>Key of the advisory lock; any constant of ours will do.</summary>
    internal const long LockKey = 0x53796E6348486F72;

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string Sql = SqlFile.Beside<CoreFold>("FoldDeviceHours");
    private static readonly string Compact = SqlFile.Beside<CoreFold>("CompactDeviceSets");

    /// <summary>Moves everything that is over at <paramref name="now"/>, unless another process is at it. Returns the rows moved.</summary>
    public static async Task<long> FoldAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long total = 0;
        for (long moved = MaxRows; moved >= MaxRows; total += moved)
            moved = await FoldOnceAsync(connection, (now - StayOpen).UtcDateTime, cancellationToken);
        return total;
    }

    private static async Task<long> FoldOnceAsync(NpgsqlConnection connection, DateTime before, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = LockKey }, transaction, cancellationToken: cancellationToken)))
            return 0;
        var rows = (await connection.QueryAsync<GrownSet>(new CommandDefinition(
            Sql, new { Before = before, Limit = MaxRows, MaxKeyBytes }, transaction, cancellationToken: cancellationToken))).AsList();
        var grown = rows.Where(row => row.Grain is not null).ToList();
        if (grown.Count > 0)
            await CompactAsync(transaction, grown, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows[0].Moved;
    }

    internal static Task<int> CompactAsync(NpgsqlTransaction transaction, List<GrownSet> grown, CancellationToken cancellationToken)
    {
        var compact = grown.ConvertAll(Compacted);
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Compact,
            new
            {
                Grains = grown.Select(row => row.Grain).ToArray(),
                Ats = grown.Select(row => row.At).ToArray(),
                CoreIds = grown.Select(row => row.CoreId).ToArray(),
                Keys = compact.Select(set => set.Keys).ToArray(),
                Registers = compact.Select(set => set.Registers).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
    }

    private static (byte[] Keys, byte[] Registers) Compacted(GrownSet row)
    {
        var set = new DeviceSet();
        set.Merge(row.Keys, row.Registers);
        return set.Encode();
    }
}
