using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Packs what devices did, per core segment and day and over all days, into arrays, which take a fifth of the bytes of a row and an index entry per device. Numbers do not
/// depend on it: readers add packs and rows. Any number of processes may run it; while another one folds, it waits for its next round.
/// </summary>
internal static class DevicePacks
{
    /// <summary>Devices of one chunk: a few kilobytes an array, so that taking one device out rewrites little.</summary>
    private const int ChunkDevices = 1_000;

    /// <summary>
    /// A packed sketch is joined with what comes to it up to this size, then written in its shortest form. One beyond is of a device that retries in a loop.
    /// </summary>
    private const int MaxSketchBytes = 6_000;

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string ListDays = SqlFile.Beside<CoreFold>("ListDayPacks");
    private static readonly string PackDays = SqlFile.Beside<CoreFold>("PackDeviceDays");
    private static readonly string ListReleases = SqlFile.Beside<CoreFold>("ListReleasePacks");
    private static readonly string PackReleases = SqlFile.Beside<CoreFold>("PackDeviceReleases");

    /// <summary>Packs the days and the core segments that have enough rows at <paramref name="now"/>, as many as a round does; returns the rows packed.</summary>
    public static async Task<long> PackAsync(NpgsqlConnection connection, PackRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await connection.QueryAsync<DayPack>(new CommandDefinition(
            ListDays,
            new { rule.LeastRows, rule.LeastClosedRows, rule.GrowthShare, rule.ClosedShare, ClosedBefore = (now - rule.ClosedAfter).UtcDateTime },
            cancellationToken: cancellationToken));
        var releases = await connection.QueryAsync<int>(new CommandDefinition(
            ListReleases, new { rule.LeastRows, rule.GrowthShare }, cancellationToken: cancellationToken));
        return await PackEachAsync(connection, PackDays, rule.RoundOf(days).Select(day => new { day.CoreId, day.DayAt, ChunkDevices, MaxSketchBytes }), cancellationToken)
            + await PackEachAsync(connection, PackReleases, rule.RoundOf(releases).Select(coreId => new { CoreId = coreId, ChunkDevices }), cancellationToken);
    }

    private static async Task<long> PackEachAsync(NpgsqlConnection connection, string sql, IEnumerable<object> packs, CancellationToken cancellationToken)
    {
        long total = 0;
        foreach (var pack in packs)
        {
            if (await PackOnceAsync(connection, sql, pack, cancellationToken) is not { } rows)
                break;
            total += rows;
        }

        return total;
    }

    /// <summary>The rows packed, or null when another process folds.</summary>
    private static async Task<long?> PackOnceAsync(NpgsqlConnection connection, string sql, object pack, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = FoldLoop.LockKey }, transaction, cancellationToken: cancellationToken)))
            return null;
        var rows = await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, pack, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }
}
