using System.Globalization;
using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Retention;

/// <summary>
/// Builds indexes anew that have become half as large again as they were when built, a few a round, beside the one in use: writers and readers go on.
/// Rows of devices change with every event and leave gaps in every index of theirs, and events come with keys in no order: without it a device's state
/// takes 300 bytes of index where 110 do, and an event 56 where 38 do.
/// </summary>
/// <param name="connection">Does the rebuilds.</param>
/// <param name="patience">How long a rebuild may wait for other transactions; none is begun beside one that is older.</param>
internal sealed class IndexCare(NpgsqlConnection connection, TimeSpan patience)
{
    /// <summary>Size, as a multiple of that when built, from which an index is worth building anew. Pages that were split are two thirds full: less than this comes back within the hour.</summary>
    private const double WorthRatio = 1.5;

    /// <summary>What a smaller index could save is not worth a rebuild: 256 KiB.</summary>
    private const long LeastBytes = 1 << 18;

    /// <summary>Rebuilds of one round, the most worthwhile first: small ones take some ten milliseconds, and a round that finds many large ones should end.</summary>
    private const int MaxRebuilds = 4;

    /// <summary>Key of the advisory lock; any constant of ours will do.</summary>
    internal const long LockKey = 0x53796E63496E6478;

    /// <summary>An index that grows faster than this is one that needs the room.</summary>
    internal static readonly TimeSpan LeastAge = TimeSpan.FromHours(1);

    /// <summary>After the end of a day, most of its events that come late have come; what comes later still finds room in a thirtieth of each page.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromHours(12);

    /// <summary>Writers and folds take less; a backup takes longer, and no round should wait for it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string LooseSql = SqlFile.Beside<IndexCare>("FindLooseIndex");
    private static readonly string BrokenSql = SqlFile.Beside<IndexCare>("ListBrokenIndexes");
    private static readonly string RecordSql = SqlFile.Beside<IndexCare>("RecordIndexBuild");
    private static readonly string LockSql = SqlFile.Beside<IndexCare>("TryLock");
    private static readonly string UnlockSql = SqlFile.Beside<IndexCare>("Unlock");

    /// <summary>
    /// Builds the indexes anew that waste most at <paramref name="now"/>, and takes away what a killed rebuild left; unless another process is at it. A rebuild
    /// waits for every transaction that is older than itself: while a backup runs none is begun, and one that waits too long is left to a later round.
    /// </summary>
    public async Task TightenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(LockSql, new { Key = LockKey }, cancellationToken: cancellationToken)))
            return;
        try
        {
            await RunAsync(string.Create(CultureInfo.InvariantCulture, $"set lock_timeout = {patience.TotalMilliseconds:F0}"), cancellationToken);
            foreach (var index in await connection.QueryAsync<string>(new CommandDefinition(BrokenSql, cancellationToken: cancellationToken)))
                await RunAsync($"drop index concurrently if exists {index}", cancellationToken);
            for (var rebuilds = 0; rebuilds < MaxRebuilds && await RebuildAsync(now, cancellationToken); rebuilds++)
                cancellationToken.ThrowIfCancellationRequested();
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody's transaction went on for longer: what is left of the rebuild goes with a later round.
            return;
        }
        finally
        {
            // A broken connection has let go of its locks already.
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                await RunAsync("reset lock_timeout", CancellationToken.None);
                await connection.ExecuteAsync(UnlockSql, new { Key = LockKey });
            }
        }
    }

    /// <summary>False when none is worth it.</summary>
    private async Task<bool> RebuildAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = new { SettledBefore = (now - Settled).UtcDateTime, BuiltBefore = (now - LeastAge).UtcDateTime, WorthRatio, LeastBytes, Patience = patience };
        if (await connection.QueryFirstOrDefaultAsync<string>(new CommandDefinition(LooseSql, wanted, cancellationToken: cancellationToken)) is not { } loose)
            return false;
        await RunAsync($"reindex index concurrently {loose}", cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(RecordSql, new { Index = loose, Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        return true;
    }

    /// <summary>A name, quoted by the catalog's own query, cannot be a parameter. As long as it takes: a cancelled rebuild is begun anew, the index in use is never touched.</summary>
    private Task<int> RunAsync(string command, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(command, commandTimeout: 0, cancellationToken: cancellationToken));
}
