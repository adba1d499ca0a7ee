using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Packs the arrivals of an hour that is over into one row per core segment, until they go over into hours. Numbers do not depend on it: readers add packs
/// and rows. Any number of processes may run it; while another one folds, it waits for its next round.
/// </summary>
internal static class ArrivalPacks
{
    /// <summary>Rows of an hour that are worth a pack: with fewer, a pack per segment would be as many rows.</summary>
    internal const int LeastRows = 64;

    /// <summary>
    /// How long a minute stays rows at least: alert rules look back some minutes, once in fifteen seconds. Those that widen their window to six hours do so for want of
    /// attempts, and take apart packs of few.
    /// </summary>
    private static readonly TimeSpan StayRows = TimeSpan.FromMinutes(30);

    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");
    private static readonly string ListHours = SqlFile.Beside<CoreFold>("ListArrivalHours");
    private static readonly string PackHour = SqlFile.Beside<CoreFold>("PackArrivals");

    /// <summary>Packs every hour that is over at <paramref name="now"/> and has <paramref name="leastRows"/>; returns the rows packed.</summary>
    public static async Task<long> PackAsync(
        NpgsqlConnection connection, StorageOptions options, int leastRows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hours = await connection.QueryAsync<DateTime>(new CommandDefinition(
            ListHours,
            new { LeastRows = leastRows, MinutesFrom = options.MinutesFrom(now).UtcDateTime, Before = StartOfHour(now - StayRows).UtcDateTime },
            cancellationToken: cancellationToken));
        long total = 0;
        foreach (var hour in hours)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = FoldLoop.LockKey }, transaction, cancellationToken: cancellationToken)))
                break;
            total += await connection.ExecuteScalarAsync<long>(new CommandDefinition(PackHour, new { Hour = hour }, transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
        }

        return total;
    }

    private static DateTimeOffset StartOfHour(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerHour));
}
