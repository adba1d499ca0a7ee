using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>Device models with the host's tags, per app.</summary>
internal sealed class ProfileDictionary : DictionaryCache<ProfileKey, ProfileIds>
{
    private static readonly string Sql = SqlFile.Beside<ProfileDictionary>("ResolveProfiles");

    protected override async Task<IEnumerable<(ProfileKey Key, ProfileIds Id)>> ResolveAsync(
        NpgsqlConnection connection, ProfileKey[] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var columns = new
        {
            Apps = keys.Select(key => key.App).ToArray(),
            DeviceModels = keys.Select(key => key.Profile.DeviceModel).ToArray(),
            Tags = keys.Select(key => key.Profile.TagsJson).ToArray(),
            CardinalityLimits.MaxDeviceModels,
            CardinalityLimits.MaxTagKeys,
            CardinalityLimits.MaxTagValues,
            CardinalityLimits.MaxProfiles,
        };
        var rows = await connection.QueryAsync<(int Place, int ProfileId, int PromotedId)>(
            new CommandDefinition(Sql, columns, cancellationToken: cancellationToken));
        return rows.Select(row => (keys[row.Place], new ProfileIds(row.ProfileId, row.PromotedId)));
    }
}
