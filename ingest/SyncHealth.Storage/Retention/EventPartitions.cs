using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Retention;

/// <summary>
/// The day partitions of <c>event</c>: created for the days ahead and for every day that has events, dropped when all of a day is beyond retention.
/// Each change is one short transaction that gives up quickly on a busy table and is tried again.
/// </summary>
/// <param name="connection">Does the changes.</param>
/// <param name="retention">How long raw events are kept.</param>
/// <param name="pauses">The clock of the pauses between tries; the real one in service, because locks are held by real work.</param>
internal sealed class EventPartitions(NpgsqlConnection connection, TimeSpan retention, TimeProvider pauses)
{
    /// <summary>Partitions ahead of today: a maintenance that is away over a weekend harms nothing.</summary>
    private const int DaysAhead = 3;

    /// <summary>Tries of one change before it is left to the next round.</summary>
    private const int MaxTries = 5;

    /// <summary>Pause between tries: lets the writers through that waited behind the last one.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly string ListSql = SqlFile.Beside<EventPartitions>("ListPartitions");
    private static readonly string StraysSql = SqlFile.Beside<EventPartitions>("ListStrayDays");
    private static readonly string CreateSql = SqlFile.Beside<EventPartitions>("CreatePartition");
    private static readonly string DropSql = SqlFile.Beside<EventPartitions>("DropPartition");

    /// <summary>Brings the partitions to what they should be at <paramref name="now"/>.</summary>
    public async Task MaintainAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keepFrom = now - retention;
        var existing = (await DaysAsync(ListSql, null, cancellationToken)).ToHashSet();
        foreach (var day in (await WantedAsync(now, keepFrom, cancellationToken)).Where(day => !existing.Contains(day)))
            await ChangeAsync(CreateSql, new { Day = day }, cancellationToken);
        foreach (var day in existing.Where(day => EndOf(day) <= keepFrom).Order())
            await ChangeAsync(DropSql, new { Day = day, KeepFrom = keepFrom.UtcDateTime }, cancellationToken);
    }

    private async Task<IEnumerable<DateOnly>> WantedAsync(DateTimeOffset now, DateTimeOffset keepFrom, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var strays = await DaysAsync(StraysSql, new { From = keepFrom.UtcDateTime, To = EndOf(today.AddDays(DaysAhead)) }, cancellationToken);
        return Enumerable.Range(0, DaysAhead + 1).Select(today.AddDays).Union(strays).Order();
    }

    private async Task<IEnumerable<DateOnly>> DaysAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<DateTime>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)))
            .Select(DateOnly.FromDateTime);

    private async Task ChangeAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
                return;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < MaxTries)
            {
                await Task.Delay(Pause, pauses, cancellationToken);
            }
        }
    }

    private static DateTime EndOf(DateOnly day) => day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
