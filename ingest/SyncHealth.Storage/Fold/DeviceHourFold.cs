using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Moves device hours that are over into sets and their margins, so that questions over weeks read few rows, and those of large hours by the minute as well, from which
/// ranges that begin or end within the hour are counted. Numbers do not depend on it: readers join both. Any number of processes may run it: one moves at a time.
/// </summary>
internal static class DeviceHourFold
{
    /// <summary>How long an hour stays a row per device after it began: ten minutes after its end what is on time has arrived, and its sets are written about once.</summary>
    private static readonly TimeSpan StayOpen = TimeSpan.FromMinutes(70);

    /// <summary>How long after its start an hour counts as over: what comes later is little, and goes into its set whatever it is.</summary>
    private static readonly TimeSpan ClosedAfter = TimeSpan.FromHours(15);

    /// <summary>
    /// Until then late devices wait as rows for being this part of the bytes of their set: each of them would write it anew, and a tenth of a fleet's events are late.
    /// </summary>
    private const int GrowthShare = 8;

    /// <summary>
    /// Attempts of an hour, in all apps, from which on it keeps its devices by the minute and lets them go into sets while it is open. Fewer raw events than that at both ends of a
    /// range take less than a tenth of a second to read, and the bytes of their minutes would be the larger cost.
    /// </summary>
    internal const int ManyAttempts = 60_000;

    /// <summary>How long minutes are kept: ranges of 48 hours begin with one, longer ones with an hour (<c>synchealth.range_of_grain</c>).</summary>
    private static readonly TimeSpan KeepMinutes = TimeSpan.FromHours(50);

    /// <summary>Devices of an open hour go for being this part of the bytes of their set: it is written some fifteen times, and what a reader finds as rows stays a fifth.</summary>
    private const int OpenGrowthShare = 4;

    /// <summary>
    /// Rows of the hours of one transaction, the last of them in full: bounds its memory, how long it holds its rows, and how much it leaves behind, for it writes the margin
    /// of every value anew.
    /// </summary>
    private const int MaxRows = 5_000;

    /// <summary>Keys of one set grow to this size before they are compacted: twice the longest exact set, so that compaction always pays.</summary>
    private const int MaxKeyBytes = 2 * DeviceSet.MaxExact * DeviceSet.KeyBytes;

    /// <summary>Keys beside registers: half of what the registers take.</summary>
    private const int MaxLooseKeyBytes = 2_048;

    /// <summary>Key of the advisory lock; any constant of ours will do.</summary>
    internal const long LockKey = 0x53796E6348486F72;

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string BeginMinutes = SqlFile.Beside<CoreFold>("BeginDeviceMinutes");
    private static readonly string PruneMinutes = SqlFile.Beside<CoreFold>("PruneDeviceMinutes");
    private static readonly string ListHours = SqlFile.Beside<CoreFold>("ListDeviceHours");
    private static readonly string Sql = SqlFile.Beside<CoreFold>("FoldDeviceHours");
    private static readonly string Compact = SqlFile.Beside<CoreFold>("CompactDeviceSets");
    private static readonly string Vacuum = SqlFile.Beside<CoreFold>("VacuumDeviceSets");

    /// <summary>Moves the hours that are over at <paramref name="now"/>, or large, and worth it, unless another process is at it. Returns the rows moved.</summary>
    public static async Task<long> FoldAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await KeepMinutesAsync(connection, (now - KeepMinutes).UtcDateTime, cancellationToken);
        var hours = (await connection.QueryAsync<DeviceHours>(new CommandDefinition(
            ListHours,
            new { Before = (now - StayOpen).UtcDateTime, ClosedBefore = (now - ClosedAfter).UtcDateTime, GrowthShare, OpenGrowthShare, DeviceSet.KeyBytes },
            cancellationToken: cancellationToken))).AsList();
        long total = 0;
        for (var first = 0; first < hours.Count;)
        {
            var last = first;
            for (long rows = 0; last < hours.Count && rows < MaxRows; last++)
                rows += hours[last].Rows;
            total += await FoldOnceAsync(connection, hours.GetRange(first, last - first), cancellationToken);
            await DeviceMargins.CompactAsync(connection, cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(Vacuum, commandTimeout: 0, cancellationToken: cancellationToken));
            first = last;
        }

        // What a migration joined.
        await DeviceMargins.CompactAsync(connection, cancellationToken);
        return total;
    }

    /// <summary>While nobody moves hours, so that none of an hour's devices goes without its minutes after it has begun to keep them.</summary>
    private static async Task KeepMinutesAsync(NpgsqlConnection connection, DateTime from, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await TakeTurnAsync(transaction, cancellationToken))
            return;
        await connection.ExecuteAsync(new CommandDefinition(PruneMinutes, new { Before = from }, transaction, commandTimeout: 0, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(BeginMinutes, new { From = from, ManyAttempts }, transaction, commandTimeout: 0, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<bool> TakeTurnAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = LockKey }, transaction, cancellationToken: cancellationToken));

    private static async Task<long> FoldOnceAsync(NpgsqlConnection connection, List<DeviceHours> hours, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await TakeTurnAsync(transaction, cancellationToken))
            return 0;
        var rows = (await connection.QueryAsync<GrownSet>(new CommandDefinition(
            Sql,
            new { CoreIds = hours.Select(hour => hour.CoreId).ToArray(), Hours = hours.Select(hour => hour.HourAt).ToArray(), MaxKeyBytes, MaxLooseKeyBytes },
            transaction,
            cancellationToken: cancellationToken))).AsList();
        var grown = rows.Where(row => row.Grain is not null).ToList();
        if (grown.Count > 0)
            await CompactAsync(transaction, grown, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows[0].Moved;
    }

    private static Task<int> CompactAsync(NpgsqlTransaction transaction, List<GrownSet> grown, CancellationToken cancellationToken)
    {
        var compact = grown.ConvertAll(row => DeviceSet.Compacted(row.Keys, row.Registers));
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
}
