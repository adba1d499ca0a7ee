using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Retention;

/// <summary>
/// Prunes apps that keep less than the installation, once a day each: by statement, because a partition holds all apps, and in bounded
/// steps, so that no step holds its locks or its snapshot for long. A round that is cut off begins anew.
/// </summary>
internal sealed class AppRetention(NpgsqlConnection connection)
{
    /// <summary>Blocks of one step: 16 MiB, read in tens of milliseconds.</summary>
    private const long StepBlocks = 2_000;

    /// <summary>Rows of one step in tables that have an index to find them by.</summary>
    private const int StepRows = 5_000;

    /// <summary>Key of the advisory lock; any constant of ours will do.</summary>
    private const long LockKey = 0x53796E635072756E;

    /// <summary>Kept longer than promised: a process whose clock is behind must not take an event whose twin another has dropped.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>What lives by the hour and by the day, with the column of its time, at core or fine grain. The devices of a day are counted from those of its hours.</summary>
    private static readonly (string Table, string Column)[] HourTables =
    [
        ("rollup_hour", "bucket_at"), ("rollup_fine_hour", "bucket_at"), ("rollup_fine_hour_pack", "day_at"), ("rollup_error_hour", "bucket_at"), ("rollup_conflict_hour", "bucket_at"),
        ("rollup_arrival", "arrival_at"), ("rollup_arrival_pack", "hour_at"),
    ];

    private static readonly (string Table, string Column)[] DayTables =
    [
        ("rollup_day", "bucket_at"), ("rollup_fine_day", "bucket_at"), ("rollup_error_day", "bucket_at"), ("rollup_conflict_day", "bucket_at"),
        ("device_day", "day_at"), ("device_day_pack", "day_at"), ("device_set", "bucket_at"),
    ];

    /// <summary>Grains of <c>rollup_margin</c>.</summary>
    private const int HourMargins = 2;
    private const int DayMargins = 3;

    private static readonly string DueSql = SqlFile.Beside<AppRetention>("ListDueApps");
    private static readonly string DoneSql = SqlFile.Beside<AppRetention>("MarkPruned");
    private static readonly string TablesSql = SqlFile.Beside<AppRetention>("ListEventTables");
    private static readonly string BlocksSql = SqlFile.Beside<AppRetention>("PruneEventBlocks");
    private static readonly string RowsSql = SqlFile.Beside<AppRetention>("PruneRows");
    private static readonly string MarginsSql = SqlFile.Beside<AppRetention>("PruneMargins");
    private static readonly string DeviceMarginsSql = SqlFile.Beside<AppRetention>("PruneDeviceMargins");
    private static readonly string LockSql = SqlFile.Beside<AppRetention>("TryLock");
    private static readonly string UnlockSql = SqlFile.Beside<AppRetention>("Unlock");

    /// <summary>Does the rounds that are due at <paramref name="now"/>, unless another process is at it.</summary>
    public async Task PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var due = (await connection.QueryAsync<DueApp>(new CommandDefinition(DueSql, new { Today = today }, cancellationToken: cancellationToken))).AsList();
        if (due.Count == 0 || !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(LockSql, new { Key = LockKey }, cancellationToken: cancellationToken)))
            return;
        try
        {
            foreach (var app in due)
            {
                await PruneAsync(app, now, cancellationToken);
                await connection.ExecuteAsync(new CommandDefinition(DoneSql, new { Today = today, app.App, app.RawDays, app.HourDays, app.DayDays }, cancellationToken: cancellationToken));
            }
        }
        finally
        {
            // A broken connection has let go of its locks already.
            if (connection.FullState == System.Data.ConnectionState.Open)
                await connection.ExecuteAsync(UnlockSql, new { Key = LockKey });
        }
    }

    private async Task PruneAsync(DueApp app, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (app.RawDays is { } raw)
            await PruneEventsAsync(app.App, now - TimeSpan.FromDays(raw) - Slack, cancellationToken);
        if (app.HourDays is { } hours)
            await PruneRollupsAsync(HourTables, HourMargins, app.App, StartOfDay(now, hours), cancellationToken);
        if (app.DayDays is { } days)
        {
            await PruneRollupsAsync(DayTables, DayMargins, app.App, StartOfDay(now, days), cancellationToken);
            await PruneInStepsAsync(DeviceMarginsSql, new { app.App, Before = StartOfDay(now, days).UtcDateTime, Limit = StepRows }, cancellationToken);
        }
    }

    private async Task PruneEventsAsync(string app, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var tables = await connection.QueryAsync<EventTable>(new CommandDefinition(TablesSql, new { Before = before.UtcDateTime }, cancellationToken: cancellationToken));
        foreach (var table in tables)
            for (var first = 0L; first < table.Blocks; first += StepBlocks)
                await connection.ExecuteAsync(new CommandDefinition(
                    BlocksSql, new { table.Partition, App = app, Before = before.UtcDateTime, First = first, Blocks = StepBlocks }, cancellationToken: cancellationToken));
    }

    private async Task PruneRollupsAsync(
        (string Table, string Column)[] tables, int marginGrain, string app, DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var (table, column) in tables)
            await PruneRowsAsync(table, column, app, before, cancellationToken);
        await PruneInStepsAsync(MarginsSql, new { App = app, Grain = marginGrain, Before = before.UtcDateTime, Limit = StepRows }, cancellationToken);
    }

    /// <summary>As often as a step finds as many rows as it may take.</summary>
    private async Task PruneInStepsAsync(string sql, object step, CancellationToken cancellationToken)
    {
        while (await connection.ExecuteAsync(new CommandDefinition(sql, step, cancellationToken: cancellationToken)) == StepRows)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task PruneRowsAsync(string table, string column, string app, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = (long)StepRows;
        while (deleted == StepRows)
            deleted = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                RowsSql, new { Table = table, Column = column, App = app, Before = before.UtcDateTime, Limit = StepRows }, cancellationToken: cancellationToken));
    }

    /// <summary>Whole days (UTC), so that readers can say from which day on they count.</summary>
    private static DateTimeOffset StartOfDay(DateTimeOffset now, int daysAgo) => new(now.UtcDateTime.Date.AddDays(-daysAgo), TimeSpan.Zero);
}
