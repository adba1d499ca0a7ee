using Npgsql;
using SyncHealth.Storage.Migrations;
using SyncHealth.Testing.Processes;

namespace SyncHealth.Testing;

/// <summary>A database of a test's own: cloned from a migrated template in tens of milliseconds, dropped at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Serialises the making of templates over all test processes.</summary>
    private const long TemplateLock = 0x53485445;

    /// <summary>To make or drop a database: every backend of the server has a part in it, and two test projects may keep all of them busy.</summary>
    private const int MaxSeconds = 180;

    private static readonly Dictionary<string, Task> Templates = [];
    private readonly string? _name;

    private TestDatabase(string name)
        : this(name, PostgresServer.For(name))
    {
    }

    /// <param name="name">Dropped at the end; null leaves that to others.</param>
    /// <param name="connectionString">Where it is.</param>
    private TestDatabase(string? name, string connectionString)
    {
        _name = name;
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>A database with the SyncHealth schema.</summary>
    public static Task<TestDatabase> CreateAsync() => CreateAsync(
        "synchealth_" + Migrator.Fingerprint(),
        async dataSource => await Migrator.MigrateAsync(dataSource, DateTimeOffset.UnixEpoch, CancellationToken.None));

    /// <summary>The SyncHealth schema in the only database of a cluster that may be killed. It goes with the cluster.</summary>
    public static async Task<TestDatabase> CreateAsync(DurableCluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var database = new TestDatabase(null, cluster.ConnectionString + ";Maximum Pool Size=20");
        await Migrator.MigrateAsync(database.DataSource, DateTimeOffset.UnixEpoch, CancellationToken.None);
        return database;
    }

    /// <summary>A database that <paramref name="migrate"/> has prepared; <paramref name="template"/> must change whenever its result does.</summary>
    public static async Task<TestDatabase> CreateAsync(string template, Func<NpgsqlDataSource, Task> migrate)
    {
        Task ready;
        lock (Templates)
            if (!Templates.TryGetValue(template, out ready!))
                Templates.Add(template, ready = EnsureTemplateAsync(template, migrate));
        await ready;

        var name = "t_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"create database {name} template \"{template}\" strategy file_copy");
        return new TestDatabase(name);
    }

    /// <summary>A database without any schema, for tests of migrations themselves.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync()
    {
        var name = "t_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"create database {name} template template0 strategy file_copy");
        return new TestDatabase(name);
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (_name is null)
            return;
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"drop database if exists {_name} with (force)");
    }

    private static async Task EnsureTemplateAsync(string template, Func<NpgsqlDataSource, Task> migrate)
    {
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"select pg_advisory_lock({TemplateLock})");
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1 and datistemplate", connection);
        exists.Parameters.AddWithValue(template);
        if (await exists.ExecuteScalarAsync() is null)
        {
            await ExecuteAsync(connection, $"drop database if exists \"{template}\" with (force)");
            await ExecuteAsync(connection, $"create database \"{template}\" template template0");
            var target = new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString) { Database = template, Pooling = false };
            await using (var dataSource = NpgsqlDataSource.Create(target.ConnectionString))
                await migrate(dataSource);
            await ExecuteAsync(connection, $"alter database \"{template}\" is_template true");
        }

        await ExecuteAsync(connection, $"select pg_advisory_unlock({TemplateLock})");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = MaxSeconds };
        await command.ExecuteNonQueryAsync();
    }
}
