using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Vitals;

/// <summary>Lists dimensions from the dictionaries.</summary>
public sealed class DimensionReader(NpgsqlDataSource dataSource) : IDimensionReader
{
    private static readonly string DimensionValues = SqlFile.Beside<DimensionReader>("DimensionValues");

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListValuesAsync(string app, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Dimension, string Value)>(
            new CommandDefinition(DimensionValues, new { app, most = IDimensionReader.MaxValues }, cancellationToken: cancellationToken));
        return rows.GroupBy(row => row.Dimension, StringComparer.Ordinal).ToDictionary(
            dimension => dimension.Key,
            dimension => (IReadOnlyList<string>)[.. dimension.Select(row => row.Value).Order(NaturalOrder.Instance)],
            StringComparer.Ordinal);
    }
}
