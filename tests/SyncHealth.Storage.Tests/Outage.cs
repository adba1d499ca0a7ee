using Npgsql;
using SyncHealth.Testing;

namespace SyncHealth.Storage.Tests;

/// <summary>A database that is away until disposed: every session is ended, and no new one is let in.</summary>
internal sealed class Outage : IAsyncDisposable
{
    private readonly string _database;

    private Outage(string database) => _database = database;

    public static async Task<Outage> StartAsync(TestDatabase database)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
        await ExecuteAsync($"alter database {name} with allow_connections false");
        await ExecuteAsync($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'");
        return new Outage(name);
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"alter database {_database} with allow_connections true");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
