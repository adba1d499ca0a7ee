using Dapper;
using Npgsql;
using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>The ways in which conflicts go.</summary>
internal sealed class ConflictDictionary : DictionaryCache<ConflictKey, int>
{
    private static readonly string Sql = SqlFile.Beside<ConflictDictionary>("ResolveConflicts");

    protected override async Task<IEnumerable<(ConflictKey Key, int Id)>> ResolveAsync(
        NpgsqlConnection connection, ConflictKey[] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var columns = new
        {
            Apps = keys.Select(key => key.App).ToArray(),
            Entities = keys.Select(key => key.Entity).ToArray(),
            Kinds = keys.Select(key => Wire.ConflictKind.NameOf(key.Kind)).ToArray(),
            Strategies = keys.Select(key => Wire.ConflictStrategy.NameOf(key.Strategy)).ToArray(),
            Winners = keys.Select(key => Wire.ConflictWinner.NameOf(key.Winner)).ToArray(),
            CardinalityLimits.MaxConflictEntities,
        };
        var rows = await connection.QueryAsync<(int Place, int Id)>(new CommandDefinition(Sql, columns, cancellationToken: cancellationToken));
        return rows.Select(row => (keys[row.Place], row.Id));
    }
}
