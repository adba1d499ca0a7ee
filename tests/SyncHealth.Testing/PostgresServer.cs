using Npgsql;

namespace SyncHealth.Testing;

/// <summary>The Postgres server of a test run. <c>./synchealth test</c> starts one and names it in the environment.</summary>
public static class PostgresServer
{
    private const string Variable = "SYNCHEALTH_TEST_POSTGRES";

    /// <summary>Connection string of the server's maintenance database.</summary>
    /// <exception cref="InvalidOperationException">No server was named: tests fail, they are not skipped.</exception>
    public static string ConnectionString { get; } =
        Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException($"Run the suite with ./synchealth test, or set {Variable} to the connection string of a Postgres (15 to 18) that tests may fill with databases.");

    internal static string For(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, MaxPoolSize = 20 }.ConnectionString;
}
