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
            Positions = Enumerable.Range(0, keys.Length).ToArray(),
            Kinds = keys.Select(key => key.Kind).ToArray(),
            Codes = keys.Select(key => key.Code).ToArray(),
        };
        var rows = await connection.QueryAsync<(int Position, int Id)>(new CommandDefinition(Sql, columns, cancellationToken: cancellationToken));
        return rows.Select(row => (keys[row.Position], row.Id));
    }
}
