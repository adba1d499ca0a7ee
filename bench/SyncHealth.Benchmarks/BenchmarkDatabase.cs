using System.Globalization;
using Npgsql;
using SyncHealth.Storage.Migrations;

namespace SyncHealth.Benchmarks;

/// <summary>A migrated database of one benchmark's own, dropped at its end or kept for the next run. Commits are synchronous, as in service.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private const string SynchronousCommit = "-c synchronous_commit=on";

    private const int DropAttempts = 6;

    /// <summary>Each look costs the server a scan of the increments, which is measured with the rest: so not many of them.</summary>
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(250);

    private readonly string _server;
    private readonly string _name;
    private readonly bool _isKept;

    private BenchmarkDatabase(string server, string name, bool isKept)
    {
        _server = server;
        _name = name;
        _isKept = isKept;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, Options = SynchronousCommit, CommandTimeout = 300 }.ConnectionString;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
        DeviceKeyFile = Path.Combine(Path.GetTempPath(), name + ".device.key");
    }

    public string ConnectionString { get; }

    /// <summary>The device key secret of all processes that fill it, made by the first: a database takes no other one afterwards.</summary>
    public string DeviceKeyFile { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>The moment up to which an earlier run has filled it; null where that is still to be done.</summary>
    public DateTimeOffset? FilledAt { get; private init; }

    public static async Task<BenchmarkDatabase> CreateAsync(string server, CancellationToken cancellationToken)
    {
        var database = new BenchmarkDatabase(server, "synchealth_bench_" + Guid.CreateVersion7().ToString("N"), isKept: false);
        await database.CreateAsync(cancellationToken);
        return database;
    }

    /// <summary>A database that outlives the run: that of an earlier one which filled it to its end, brought to this program's schema, else a new one.</summary>
    /// <param name="server">Where it is.</param>
    /// <param name="name">The same for whatever is filled the same.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public static async Task<BenchmarkDatabase> KeepAsync(string server, string name, CancellationToken cancellationToken)
    {
        var database = new BenchmarkDatabase(server, name, isKept: true) { FilledAt = await ReadFilledAtAsync(server, name, cancellationToken) };
        if (database.FilledAt is { } filledAt)
        {
            await Migrator.MigrateAsync(database.DataSource, filledAt, cancellationToken);
            return database;
        }

        await database.DropAsync();
        await database.CreateAsync(cancellationToken);
        return database;
    }

    /// <summary>Notes in a database that is kept that it is filled; one without the note is made anew.</summary>
    public async Task MarkFilledAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_isKept)
            await ExecuteAsync(_server, string.Create(CultureInfo.InvariantCulture, $"comment on database {_name} is '{now:O}'"), cancellationToken);
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(_server, $"create database {_name}", cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        await Migrator.MigrateAsync(DataSource, now, cancellationToken);
        await using var partitions = DataSource.CreateCommand(BenchmarkSql.Beside<BenchmarkDatabase>("CreatePartitions"));
        partitions.Parameters.AddWithValue("now", now.UtcDateTime);
        await partitions.ExecuteNonQueryAsync(cancellationToken);
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
        if (_isKept)
            return;
        await DropAsync();
        File.Delete(DeviceKeyFile);
    }

    private async Task DropAsync()
    {
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

    private static async Task<DateTimeOffset?> ReadFilledAtAsync(string server, string name, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(BenchmarkSql.Beside<BenchmarkDatabase>("FilledAt"), connection);
        command.Parameters.AddWithValue("name", name);
        return await command.ExecuteScalarAsync(cancellationToken) is string note ? DateTimeOffset.ParseExact(note, "O", CultureInfo.InvariantCulture) : null;
    }

    private static async Task ExecuteAsync(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
