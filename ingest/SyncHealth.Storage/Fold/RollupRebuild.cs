using System.Data;
using Dapper;
using Npgsql;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.Fold;

/// <summary>
/// Makes the rollups once more from raw events, day by day, as far as all of a day's events are kept. Each day is one transaction: readers see the
/// old rows or the new ones, writers are not held up, and what they commit meanwhile is folded on top. Breaking off leaves whole days behind.
/// </summary>
/// <remarks>
/// Of the arrival clock, rows are rebuilt whose events are all kept: an arrival that was 72 hours late or more stays as it is. So do the rows of an app that
/// keeps raw events for less, where it has none left. The last known state of devices is no sum of events and is not touched; the fleet's standing is summed
/// up from it once more.
/// </remarks>
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
    private static readonly string ReplayDevices = SqlFile.Beside<RollupRebuild>("ReplayDevices");
    private static readonly string ReplayLags = SqlFile.Beside<RollupRebuild>("ReplayLags");
    private static readonly string SumReleases = SqlFile.Beside<RollupRebuild>("SumReleases");
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
            var next = day;
            await ReplaceAsync(connection, transaction => ReplaceDayAsync(transaction, next, first, now, cancellationToken), cancellationToken);
            await DeviceHourFold.FoldAsync(connection, now, cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(Vacuum, commandTimeout: 0, cancellationToken: cancellationToken));
            rebuilt?.Report(day);
        }

        await ReplaceAsync(connection, transaction => ExecuteAsync(transaction, SumReleases, new { }, cancellationToken), cancellationToken);
        await ReplaceAsync(connection, transaction => FleetStandings.RefreshAsync(transaction, now.UtcDateTime, cancellationToken), cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            PromotedFrom, new { From = StartOf(first), Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        return last.DayNumber - first.DayNumber + 1;
    }

    /// <summary>Replaces rows in one snapshot while nobody folds, as often as it takes.</summary>
    private static async Task ReplaceAsync(NpgsqlConnection connection, Func<NpgsqlTransaction, Task> replace, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Before the transaction, so that its snapshot holds all of the last fold.
            await connection.ExecuteAsync(new CommandDefinition(TakeLock, new { Key = FoldLoop.LockKey }, commandTimeout: 0, cancellationToken: cancellationToken));
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
                await replace(transaction);
                await transaction.CommitAsync(cancellationToken);
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

    /// <summary>Nothing waits any more, so that the events are all that the day's rows must hold; then the rows go, and come again.</summary>
    private async Task ReplaceDayAsync(NpgsqlTransaction transaction, DateOnly day, DateOnly first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await FoldAllAsync(transaction, now, cancellationToken);
        var lagClasses = LagClass.UpTo(StartOf(day) - StartOf(first)).ToArray();
        var range = new { From = StartOf(day), To = StartOf(day.AddDays(1)), LagClasses = lagClasses, Now = now.UtcDateTime };
        foreach (var (clear, replayed) in new[] { (ClearDay, "event"), (ClearArrivals, "arrival") })
        {
            await ExecuteAsync(transaction, clear, range, cancellationToken);
            await ExecuteAsync(transaction, ReplayEvents, new { range.From, range.To, range.LagClasses, range.Now, Clock = replayed }, cancellationToken);
            await FoldAllAsync(transaction, now, cancellationToken);
        }

        await ExecuteAsync(transaction, ReplayLags, range, cancellationToken);
        await ExecuteAsync(transaction, ReplayDevices, range, cancellationToken);
    }

    private async Task FoldAllAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await _cores.FoldAsync(transaction, FoldLoop.MaxIncrements, now, FoldPace.None, cancellationToken) >= FoldLoop.MaxIncrements)
            cancellationToken.ThrowIfCancellationRequested();
        while (await DeviceFold.FoldAsync(transaction, FoldLoop.MaxIncrements, FoldPace.None, cancellationToken) >= FoldLoop.MaxIncrements)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private static Task<int> ExecuteAsync(NpgsqlTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

    private static DateTime StartOf(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
