using System.Data.Common;
using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Migrations;

/// <summary>Asks the database, now, whether it can be worked with. Failure is an answer, never an exception.</summary>
public sealed class SchemaProbe(NpgsqlDataSource dataSource)
{
    private static readonly string Applied = SqlFile.Beside<Migration>("Applied");
    private static readonly HashSet<int> Expected = [.. Migration.Embedded().Select(migration => migration.Number)];

    /// <param name="timeout">Real time after which the database counts as away.</param>
    /// <param name="cancellationToken">Ends the probe early, with the answer that the database is away.</param>
    public async Task<SchemaState> ProbeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(deadline.Token);
            var applied = await connection.QueryAsync<(int Number, string Checksum)>(new CommandDefinition(Applied, cancellationToken: deadline.Token));
            return Expected.IsSubsetOf(applied.Select(migration => migration.Number)) ? SchemaState.Current : SchemaState.Outdated;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return SchemaState.Outdated;
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException or TimeoutException)
        {
            return SchemaState.Unreachable;
        }
    }
}
