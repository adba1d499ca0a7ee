using Microsoft.Data.Sqlite;
using SyncHealth.Client.Queue;

namespace SyncHealth.Client.Tests.Queue;

public sealed class SqlTextTests
{
    private const string Prefix = "SyncHealth.Client.Queue.";

    [Fact]
    public void EveryFile_HasItsPurposeAndRunsAgainstTheSchema()
    {
        var names = typeof(SqlText).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^4]).ToList();

        Assert.True(names.Count > 20);
        foreach (var name in names.Where(name => !name.StartsWith("Schema", StringComparison.Ordinal)))
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            Run(connection, "Schema");
            Run(connection, "Schema2");
            Assert.StartsWith("-- Purpose:", SqlText.Of(name), StringComparison.Ordinal);
            Run(connection, name);
        }
    }

    private static void Run(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SqlText.Of(name);
        foreach (var parameter in command.CommandText.Split([' ', ',', '(', ')', ';', '\n', '.', '-', '+']).Where(word => word.StartsWith('@')).Distinct())
            command.Parameters.AddWithValue(parameter, 1);
        command.ExecuteNonQuery();
    }
}
