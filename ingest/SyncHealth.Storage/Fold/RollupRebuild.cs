using System.Data;
using Dapper;
using Npgsql;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Makes the rollups once more from raw events, day by day, as far as all of a day's events are kept. Each day is one transaction: readers see the
/// old rows or the new ones, writers are not held up, and what they commit meanwhile is folded on top. Breaking off leaves whole days behind.
/// </summary>
/// <remarks>Of the arrival clock, rows are rebuilt whose events are all kept: an arrival that was 72 hours late or more stays as it is.</remarks>
public sealed class RollupRebuild(NpgsqlDataSource dataSource, StorageOptions options, TimeProvider clock)
{
    /// <summary>Tries of one day: retention may prune minutes of it meanwhile.</summary>
    private const int MaxTries = 5;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How far ahead of the clock an event may be.</summary>
    private static readonly TimeSpan MaxFuture = Contracts.EventLimits.MaxFuture;

    private static readonly string TakeLock = SqlFile.Beside<RollupRebuild>("TakeLock");
    private static readonly string ReleaseLock = SqlFile.Beside<RollupRebuild>("ReleaseLock");
    private static readonly string ClearDay = SqlFile.Beside<RollupRebuild>("ClearDay");
    private static readonly string ClearArrivals = SqlFile.Beside<RollupRebuild>("ClearArrivals");
    private static readonly string ReplayEvents = SqlFile.Beside<RollupRebuild>("ReplayEvents");
    private static readonly string PromotedFrom = SqlFile.Beside<RollupRebuild>("PromotedFromRebuild");
    private static readonly string Vacuum = SqlFile.Beside<RollupRebuild>("VacuumIncrements");

    private readonly CoreFold _cores = new(options);

    /// <summary>Rebuilds every complete day of raw events; returns how many days those were.</summary>
    /// <param name="rebuilt">Told each day (UTC) that is done.</param>
    /// <param name="cancellationToken">Stops between statements; the day under way is rolled back.</param>
    public async Task<int> RunAsync(IProgress<DateOnly>? rebuilt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var first = DateOnly.FromDateTime((now - options.RawRetention + Day - TimeSpan.FromTicks(1)).UtcDateTime);
        var last = DateOnly.FromDateTime((now + MaxFuture).UtcDateTime);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            await RebuildDayAsync(connection, day, first, now, cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(Vacuum, commandTimeout: 0, cancellationToken: cancellationToken));
            rebuilt?.Report(day);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            PromotedFrom, new { From = StartOf(first), Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        return last.DayNumber - first.DayNumber + 1;
    }

    private async Task RebuildDayAsync(NpgsqlConnection connection, DateOnly day, DateOnly first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Before the transaction, so that its snapshot holds all of the last fold.
            await connection.ExecuteAsync(new CommandDefinition(TakeLock, new { Key = FoldLoop.LockKey }, commandTimeout: 0, cancellationToken: cancellationToken));
            try
            {
                await ReplaceDayAsync(connection, day, first, now, cancellationToken);
                return;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected && attempt < MaxTries)
            {
                continue;
            }
            finally
            {
                await connection.ExecuteAsync(new CommandDefinition(ReleaseLock, new { Key = FoldLoop.LockKey }, cancellationToken: CancellationToken.None));
            }
        }
    }

    /// <summary>In one snapshot: nothing waits any more, so that the events are all that the day's rows must hold; then the rows go, and come again.</summary>
    private async Task ReplaceDayAsync(NpgsqlConnection connection, DateOnly day, DateOnly first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await FoldAllAsync(transaction, now, cancellationToken);
        var lagClasses = LagClass.UpTo(StartOf(day) - StartOf(first)).ToArray();
        var range = new { From = StartOf(day), To = StartOf(day.AddDays(1)), LagClasses = lagClasses };
        foreach (var (clear, replayed) in new[] { (ClearDay, "event"), (ClearArrivals, "arrival") })
        {
            await ExecuteAsync(transaction, clear, range, cancellationToken);
            await ExecuteAsync(transaction, ReplayEvents, new { range.From, range.To, LagClasses = lagClasses, Clock = replayed }, cancellationToken);
            await FoldAllAsync(transaction, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task FoldAllAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await _cores.FoldAsync(transaction, FoldLoop.MaxIncrements, now, cancellationToken) >= FoldLoop.MaxIncrements)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private static Task<int> ExecuteAsync(NpgsqlTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

    private static DateTime StartOf(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
