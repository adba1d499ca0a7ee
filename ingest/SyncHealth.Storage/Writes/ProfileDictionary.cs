using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>Device models with the host's tags.</summary>
internal sealed class ProfileDictionary : DictionaryCache<DeviceProfile, int>
{
    private static readonly string Sql = SqlFile.Beside<ProfileDictionary>("ResolveProfiles");

    protected override async Task<IEnumerable<(DeviceProfile Key, int Id)>> ResolveAsync(
        NpgsqlConnection connection, DeviceProfile[] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var columns = new
        {
            Positions = Enumerable.Range(0, keys.Length).ToArray(),
            DeviceModels = keys.Select(key => key.DeviceModel).ToArray(),
            Tags = keys.Select(key => key.TagsJson).ToArray(),
        };
        var rows = await connection.QueryAsync<(int Position, int Id)>(new CommandDefinition(Sql, columns, cancellationToken: cancellationToken));
        return rows.Select(row => (keys[row.Position], row.Id));
    }
}
