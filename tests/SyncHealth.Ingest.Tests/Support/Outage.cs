using Npgsql;
using SyncHealth.Testing;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>A database that is away: nobody may connect, and whoever was connected is cut off.</summary>
internal sealed class Outage : IAsyncDisposable
{
    private readonly string _database;

    private Outage(string database) => _database = database;

    public static async Task<Outage> StartAsync(TestDatabase database)
    {
        var outage = new Outage(new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!);
        await outage.SetAsync(allow: false);
        await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{outage._database}'");
        return outage;
    }

    public Task EndAsync() => SetAsync(allow: true);

    public async ValueTask DisposeAsync() => await EndAsync();

    private Task SetAsync(bool allow) => ExecuteAsync($"alter database {_database} allow_connections {allow}");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
