using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>Error kinds with their codes.</summary>
internal sealed class ErrorDictionary : DictionaryCache<ErrorKey, int>
{
    private static readonly string Sql = SqlFile.Beside<ErrorDictionary>("ResolveErrors");

    protected override async Task<IEnumerable<(ErrorKey Key, int Id)>> ResolveAsync(
        NpgsqlConnection connection, ErrorKey[] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var columns = new
        {
            Apps = keys.Select(key => key.App).ToArray(),
            Kinds = keys.Select(key => key.Kind).ToArray(),
            Codes = keys.Select(key => key.Code).ToArray(),
            CardinalityLimits.MaxErrorCodes,
        };
        var rows = await connection.QueryAsync<(int Place, int Id)>(new CommandDefinition(Sql, columns, cancellationToken: cancellationToken));
        return rows.Select(row => (keys[row.Place], row.Id));
    }
}
