using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Packs minutes that are over into one row per minute and app, until they are pruned. Numbers do not depend on it: readers add packs and rows. Any
/// number of processes may run it; while another one folds, it waits for its next round.
/// </summary>
internal static class MinutePacks
{
    /// <summary>Core segments of one pack: a few kilobytes an array.</summary>
    private const int ChunkSegments = 1_000;

    /// <summary>A packed sketch is joined with what comes to it up to this size, then written in its shortest form.</summary>
    private const int MaxSketchBytes = 6_000;

    /// <summary>How long a minute stays rows at least: alert rules look back some minutes, once in fifteen seconds, and most of what is late has arrived by then.</summary>
    private static readonly TimeSpan StayRows = TimeSpan.FromMinutes(30);

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string ListHours = SqlFile.Beside<CoreFold>("ListMinuteHours");
    private static readonly string PackHour = SqlFile.Beside<CoreFold>("PackMinutes");

    /// <summary>Packs what is old enough at <paramref name="now"/> of every hour that has enough rows; returns the rows packed.</summary>
    public static async Task<long> PackAsync(NpgsqlConnection connection, StorageOptions options, PackRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = StartOfMinute(now - StayRows).UtcDateTime;
        var hours = await connection.QueryAsync<DateTime>(new CommandDefinition(
            ListHours,
            new
            {
                rule.LeastRows,
                rule.LeastClosedRows,
                rule.GrowthShare,
                rule.ClosedShare,
                ClosedBefore = (now - rule.ClosedAfter).UtcDateTime,
                MinutesFrom = options.MinutesFrom(now).UtcDateTime,
                Before = before,
            },
            cancellationToken: cancellationToken));
        long total = 0;
        foreach (var hour in hours)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = FoldLoop.LockKey }, transaction, cancellationToken: cancellationToken)))
                break;
            total += await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                PackHour, new { Hour = hour, Before = before, ChunkSegments, MaxSketchBytes }, transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
        }

        return total;
    }

    private static DateTimeOffset StartOfMinute(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));
}
