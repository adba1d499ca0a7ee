using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Vitals;

/// <summary>Lists apps from the dictionaries.</summary>
public sealed class AppReader(NpgsqlDataSource dataSource) : IAppReader
{
    private static readonly string AppValues = SqlFile.Beside<AppReader>("AppValues");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AppSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string App, string Dimension, string Value)>(new CommandDefinition(AppValues, cancellationToken: cancellationToken));
        return [.. rows.GroupBy(row => row.App, StringComparer.Ordinal)
            .OrderBy(app => app.Key, StringComparer.Ordinal)
            .Select(app => new AppSummary(app.Key, app.GroupBy(row => row.Dimension, StringComparer.Ordinal).ToDictionary(
                dimension => dimension.Key,
                dimension => (IReadOnlyList<string>)[.. dimension.Select(row => row.Value).Order(NaturalOrder.Instance)],
                StringComparer.Ordinal)))];
    }
}
