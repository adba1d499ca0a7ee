using System.Text.RegularExpressions;
using Npgsql;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Architecture.Tests;

/// <summary>Every query file is used, says what it is for, and is accepted by Postgres against the migrated schema.</summary>
public sealed partial class SqlFilesTests
{
    public static TheoryData<string> Queries =>
        [.. Checkout.With(".sql").Where(path => path.StartsWith("ingest/SyncHealth.Storage/", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_BeginsWithItsPurpose(string path) => Assert.StartsWith("-- ", Checkout.Read(path), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_IsReadByItsNeighbour(string path)
    {
        var folder = Path.GetDirectoryName(path)!.Replace('\\', '/');
        var name = Path.GetFileNameWithoutExtension(path);
        Assert.Contains(Checkout.Sources, source => source.Path.StartsWith(folder + "/", StringComparison.Ordinal) && source.Text.Contains($"\"{name}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Queries_AreAcceptedByPostgres()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await ExecuteAsync(connection, Checkout.Read("ingest/SyncHealth.Storage/Writes/PrepareSession.sql"));
        var failures = new List<string>();
        foreach (var path in Checkout.With(".sql").Where(path => ((IEnumerable<string>)[.. Queries.Select(row => row.Data)]).Contains(path)))
            foreach (var statement in Statements(Checkout.Read(path)))
                if (await RefusalAsync(connection, statement) is { } refusal)
                    failures.Add($"{path}: {refusal}");
        Assert.Empty(failures);
    }

    /// <summary>What Postgres says against a statement, or null. Parameters become typed by their place, as Npgsql sends them.</summary>
    private static async Task<string?> RefusalAsync(NpgsqlConnection connection, string statement)
    {
        var names = new List<string>();
        var numbered = Parameter().Replace(statement, match =>
        {
            var name = match.Groups[1].Value;
            if (!names.Contains(name))
                names.Add(name);
            return "$" + (names.IndexOf(name) + 1);
        });
        if (Copy().Match(numbered) is { Success: true } copy)
            numbered = $"select {copy.Groups[2].Value} from {copy.Groups[1].Value}";

        try
        {
            await ExecuteAsync(connection, $"prepare q as {numbered}");
            await ExecuteAsync(connection, "deallocate q");
            return null;
        }
        catch (PostgresException exception)
        {
            return exception.MessageText;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static IEnumerable<string> Statements(string file) =>
        Comment().Replace(file, "").Split(';').Select(statement => statement.Trim()).Where(statement => Preparable().IsMatch(statement));

    [GeneratedRegex(@"(?<![:\w'])@(\w+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^copy\s+([\w.]+)\s*\(([^)]*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex Copy();

    /// <summary>What PREPARE takes; session settings and temporary tables are exercised by the tests of their classes.</summary>
    [GeneratedRegex(@"^(select|insert|update|delete|with|values|copy)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Preparable();
}
