using Npgsql;
using SyncHealth.Testing;

namespace SyncHealth.Storage.Tests;

/// <summary>A transaction that keeps others from a table until disposed: holds them at a known point.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private TableLock(NpgsqlConnection connection) => _connection = connection;

    public static Task<TableLock> TakeAsync(TestDatabase database, string table, string mode = "access exclusive") =>
        TakeByAsync(database, $"lock table {table} in {mode} mode");

    /// <summary>The locks that a statement takes, and what it did, until disposed or committed.</summary>
    public static async Task<TableLock> TakeByAsync(TestDatabase database, string sql)
    {
        var connection = await database.DataSource.OpenConnectionAsync();
        await ExecuteAsync(connection, "begin");
        await ExecuteAsync(connection, sql);
        return new TableLock(connection);
    }

    /// <summary>Lets go, and keeps what the statement did.</summary>
    public Task CommitAsync() => ExecuteAsync(_connection, "commit");

    /// <summary>Completes when <paramref name="count"/> sessions wait for the lock.</summary>
    public Task WaitersAsync(int count) => CountAsync("pg_backend_pid() = any (pg_blocking_pids(pid))", count);

    /// <summary>Completes when <paramref name="count"/> sessions wait for those that wait for the lock.</summary>
    public Task WaitersOfWaitersAsync(int count) => CountAsync(
        "exists (select from unnest(pg_blocking_pids(pid)) b where pg_backend_pid() = any (pg_blocking_pids(b)))", count);

    private async Task CountAsync(string isOne, int count)
    {
        // Not pg_stat_activity: that stands still within a transaction.
        await using var command = new NpgsqlCommand($"select count(*) from pg_locks where not granted and {isOne}", _connection);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((long)(await command.ExecuteScalarAsync(deadline.Token))! < count)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync(_connection, "rollback");
        await _connection.DisposeAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
