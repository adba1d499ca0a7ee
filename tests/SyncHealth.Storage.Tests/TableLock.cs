using Npgsql;
using SyncHealth.Testing;

namespace SyncHealth.Storage.Tests;

/// <summary>A table that nobody else can touch until disposed: holds transactions at a known point.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private TableLock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<TableLock> TakeAsync(TestDatabase database, string table, string mode = "access exclusive")
    {
        var connection = await database.DataSource.OpenConnectionAsync();
        await ExecuteAsync(connection, "begin");
        await ExecuteAsync(connection, $"lock table {table} in {mode} mode");
        return new TableLock(connection);
    }

    /// <summary>Completes when <paramref name="count"/> sessions wait for the lock.</summary>
    public async Task WaitersAsync(int count)
    {
        // Not pg_stat_activity: that stands still within a transaction.
        await using var command = new NpgsqlCommand("select count(*) from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))", _connection);
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
