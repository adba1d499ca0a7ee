using Npgsql;
using SyncHealth.Storage.Migrations;

namespace SyncHealth.Benchmarks;

/// <summary>A migrated database of one benchmark's own, dropped at its end. Commits are synchronous, as in service.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private const string SynchronousCommit = "-c synchronous_commit=on";

    private const int DropAttempts = 6;

    /// <summary>Each look costs the server a scan of the increments, which is measured with the rest: so not many of them.</summary>
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(250);

    private readonly string _server;
    private readonly string _name;

    private BenchmarkDatabase(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, Options = SynchronousCommit, CommandTimeout = 300 }.ConnectionString;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    public static async Task<BenchmarkDatabase> CreateAsync(string server, CancellationToken cancellationToken)
    {
        var name = "synchealth_bench_" + Guid.CreateVersion7().ToString("N");
        await ExecuteAsync(server, $"create database {name}", cancellationToken);
        var database = new BenchmarkDatabase(server, name);
        var now = TimeProvider.System.GetUtcNow();
        await Migrator.MigrateAsync(database.DataSource, now, cancellationToken);
        await using var partitions = database.DataSource.CreateCommand(BenchmarkSql.Beside<BenchmarkDatabase>("CreatePartitions"));
        partitions.Parameters.AddWithValue("now", now.UtcDateTime);
        await partitions.ExecuteNonQueryAsync(cancellationToken);
        return database;
    }

    /// <summary>Waits until somebody has folded every increment, so that what one lane left to do does not slow the next.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await using var waiting = DataSource.CreateCommand(BenchmarkSql.Beside<BenchmarkDatabase>("WaitingIncrements"));
        while ((bool)(await waiting.ExecuteScalarAsync(cancellationToken))!)
            await Task.Delay(DrainPoll, TimeProvider.System, cancellationToken);
    }

    /// <summary>Version and the settings without which a figure means nothing.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var command = DataSource.CreateCommand(
            "select format('%s, fsync %s, synchronous_commit %s', current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'))");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        for (var attempt = 1; !await TryDropAsync(isLast: attempt == DropAttempts); attempt++)
            await Task.Delay(DrainPoll, TimeProvider.System);
    }

    /// <summary>Even a forced drop gives up after five seconds when a session that it ended is slow to go.</summary>
    private async Task<bool> TryDropAsync(bool isLast)
    {
        try
        {
            await ExecuteAsync(_server, $"drop database if exists {_name} with (force)", CancellationToken.None);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse && !isLast)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
