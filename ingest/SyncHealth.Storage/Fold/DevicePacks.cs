using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Packs what devices did, per core segment and day and over all days, into arrays, which take a fifth of the bytes of a row and an index entry per device. Numbers do not
/// depend on it: readers add packs and rows. Any number of processes may run it; while another one folds, it waits for its next round.
/// </summary>
internal static class DevicePacks
{
    /// <summary>
    /// Devices of one chunk: some kilobytes an array, so that taking one device out rewrites little. Postgres cuts what it stores out of line into pieces of 1,996 bytes, four to
    /// a page: so many keys of eight bytes, with 20 of the array, fill eight.
    /// </summary>
    private const int ChunkDevices = 1_993;

    /// <summary>
    /// A packed sketch is joined with what comes to it up to this size, then written in its shortest form. One beyond is of a device that retries in a loop.
    /// </summary>
    private const int MaxSketchBytes = 6_000;

    /// <summary>
    /// The rule in service: a core segment has some thousand devices, so fewer rows are worth a pack than of minutes, and these are the most of all rows that wait: a cell is
    /// written about twenty times over. All of what is due is packed in a round, in eight parts: after each the space of what they replace is given back, which the next takes.
    /// </summary>
    public static PackRule Rule { get; } = new() { LeastRows = 64, GrowthShare = 16, ClosedShare = 32, RoundShare = 8 };

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string ListDays = SqlFile.Beside<CoreFold>("ListDayPacks");
    private static readonly string PackDays = SqlFile.Beside<CoreFold>("PackDeviceDays");
    private static readonly string ListReleases = SqlFile.Beside<CoreFold>("ListReleasePacks");
    private static readonly string PackReleases = SqlFile.Beside<CoreFold>("PackDeviceReleases");
    private static readonly string Vacuum = SqlFile.Beside<CoreFold>("VacuumDevicePacks");

    /// <summary>Packs the days and the core segments that have enough rows at <paramref name="now"/>; returns the rows packed.</summary>
    public static async Task<long> PackAsync(NpgsqlConnection connection, PackRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await connection.QueryAsync<DayPack>(new CommandDefinition(
            ListDays,
            new { rule.LeastRows, rule.LeastClosedRows, rule.GrowthShare, rule.ClosedShare, ClosedBefore = (now - rule.ClosedAfter).UtcDateTime },
            cancellationToken: cancellationToken));
        var releases = await connection.QueryAsync<int>(new CommandDefinition(
            ListReleases, new { rule.LeastRows, rule.GrowthShare }, cancellationToken: cancellationToken));
        return await PackEachAsync(connection, rule, PackDays, days.Select(day => new { day.CoreId, day.DayAt, ChunkDevices, MaxSketchBytes }), cancellationToken)
            + await PackEachAsync(connection, rule, PackReleases, releases.Select(coreId => new { CoreId = coreId, ChunkDevices }), cancellationToken);
    }

    private static async Task<long> PackEachAsync(NpgsqlConnection connection, PackRule rule, string sql, IEnumerable<object> due, CancellationToken cancellationToken)
    {
        long total = 0;
        foreach (var part in rule.PartsOf(due))
        {
            foreach (var pack in part)
            {
                if (await PackOnceAsync(connection, sql, pack, cancellationToken) is not { } rows)
                    return total;
                total += rows;
            }

            await connection.ExecuteAsync(new CommandDefinition(Vacuum, commandTimeout: 0, cancellationToken: cancellationToken));
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
