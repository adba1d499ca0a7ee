using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>Moves arrivals whose minutes nobody asks for any more into hours. Any number of processes may run it; while another one folds, it waits for its next round.</summary>
internal static class ArrivalFold
{
    private static readonly string TryLock = SqlFile.Beside<CoreFold>("TryLock");

    /// <summary>Moves everything that is old enough at <paramref name="now"/>; returns the minutes moved.</summary>
    public static async Task<long> FoldAsync(NpgsqlConnection connection, StorageOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cores = new CoreFold(options);
        long total = 0;
        for (long moved = FoldLoop.MaxIncrements; moved >= FoldLoop.MaxIncrements; total += moved)
            moved = await FoldOnceAsync(connection, cores, now, cancellationToken);
        return total;
    }

    private static async Task<long> FoldOnceAsync(NpgsqlConnection connection, CoreFold cores, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(TryLock, new { Key = FoldLoop.LockKey }, transaction, cancellationToken: cancellationToken)))
            return 0;
        var moved = await cores.FoldArrivalsAsync(transaction, FoldLoop.MaxIncrements, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return moved;
    }
}
