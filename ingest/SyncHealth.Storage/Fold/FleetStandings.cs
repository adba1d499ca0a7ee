using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Where the fleet stands now, per core segment: summed up from all devices every five minutes, kept up by <see cref="DeviceFold"/> in between, so that
/// nobody who asks has to read devices.
/// </summary>
internal static class FleetStandings
{
    /// <summary>The three sketches of a standing together grow to this size before they are compacted: readers get half a page of each at most.</summary>
    internal const int MaxSketchBytes = 4_096;

    private static readonly string Lock = SqlFile.Beside<CoreFold>("LockFold");
    private static readonly string StandingsAt = SqlFile.Beside<CoreFold>("StandingsAt");
    private static readonly string Refresh = SqlFile.Beside<CoreFold>("RefreshStandings");
    private static readonly string Compact = SqlFile.Beside<CoreFold>("CompactStandings");

    /// <summary>Makes the standings relative to <paramref name="at"/>, unless another process has; the fold waits meanwhile.</summary>
    public static async Task RefreshAsync(NpgsqlConnection connection, DateTime at, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Lock, new { Key = FoldLoop.LockKey }, transaction, cancellationToken: cancellationToken));
        if (await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(StandingsAt, transaction: transaction, cancellationToken: cancellationToken)) == at)
            return;
        await RefreshAsync(transaction, at, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The same in a transaction of the caller, who holds the fold's lock.</summary>
    public static Task RefreshAsync(NpgsqlTransaction transaction, DateTime at, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Refresh, new { at }, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

    /// <summary>Makes sketches short again that a fold has lengthened, in its transaction.</summary>
    public static Task CompactAsync(NpgsqlTransaction transaction, List<GrownDevices> grown, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Compact,
            new
            {
                CoreIds = grown.Select(row => row.CoreId).ToArray(),
                Depths = grown.Select(row => Sketches.Left(row.Depths!).EncodePairs()).ToArray(),
                PendingAges = grown.Select(row => Sketches.Left(row.PendingAges!).EncodePairs()).ToArray(),
                SuccessAges = grown.Select(row => Sketches.Left(row.SuccessAges!).EncodePairs()).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
}
