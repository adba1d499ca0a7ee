using Dapper;
using Npgsql;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Migrations;

namespace SyncHealth.Storage.Diagnosis;

/// <summary>Looks at an installation through its database.</summary>
public sealed class InstallationReader(NpgsqlDataSource dataSource, IAlertReader alerts, TimeProvider clock)
{
    private static readonly string Applied = SqlFile.Beside<Migration>("Applied");
    private static readonly string Facts = SqlFile.Beside<InstallationReader>("ReadFacts");
    private static readonly string Sizes = SqlFile.Beside<InstallationReader>("ReadSizes");
    private static readonly string Processes = SqlFile.Beside<InstallationReader>("ReadProcesses");

    /// <summary>Figures and findings at this moment.</summary>
    /// <param name="fingerprint">Fingerprint of the configured device key secret; null when it is not to be seen from here.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    public async Task<InstallationReport> ReadAsync(string? fingerprint, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var schema = await ReadSchemaAsync(connection, cancellationToken);
        var newest = Migration.Embedded()[^1].Number;
        if (schema.Count == 0 || schema.Max() > newest || Migration.Embedded().Any(migration => !schema.Contains(migration.Number)))
            return new InstallationReport(now, schema.DefaultIfEmpty(0).Max(), null, [], [], [OfSchema(schema, newest)]);

        // The hosts' clocks are compared on real time, whatever the shared clock does.
        var before = TimeProvider.System.GetUtcNow();
        var facts = await connection.QuerySingleAsync<InstallationFacts>(new CommandDefinition(Facts, new { Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        var middle = before + ((TimeProvider.System.GetUtcNow() - before) / 2);
        var examination = new Examination
        {
            Now = now,
            Facts = facts,
            Processes = [.. await connection.QueryAsync<LiveProcess>(new CommandDefinition(Processes, cancellationToken: cancellationToken))],
            Tables = await ReadSizesAsync(connection, cancellationToken),
            ClockSkew = DateTime.SpecifyKind(facts.DatabaseNow, DateTimeKind.Utc) - middle.UtcDateTime,
            Fingerprint = fingerprint,
            UnreachedRules = await alerts.ListUnreachedRulesAsync(cancellationToken),
        };
        return new InstallationReport(now, newest, facts, examination.Processes, examination.Tables, Findings.Of(examination));
    }

    /// <summary>Tables by the disk they take, largest first.</summary>
    public async Task<IReadOnlyList<TableSize>> ReadSizesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ReadSizesAsync(connection, cancellationToken);
    }

    private static async Task<IReadOnlyList<TableSize>> ReadSizesAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<TableSize>(new CommandDefinition(Sizes, cancellationToken: cancellationToken))];

    private static async Task<IReadOnlyList<int>> ReadSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await connection.QueryAsync<(int Number, string Checksum)>(new CommandDefinition(Applied, cancellationToken: cancellationToken))).Select(row => row.Number)];
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return [];
        }
    }

    private static Finding OfSchema(IReadOnlyList<int> schema, int newest) => schema switch
    {
        [] => new Finding("schema_missing", "The database has no SyncHealth schema.", "Run ./synchealth migrate against it, or name another database."),
        _ when schema.Max() > newest => new Finding("schema_newer", $"The database has schema {schema.Max()}; this program knows up to {newest}.", "Use the newer SyncHealth that migrated it."),
        _ => new Finding("schema_outdated", $"The database has schema {schema.Max()}; this program needs {newest}.", "Run ./synchealth migrate against it."),
    };
}
