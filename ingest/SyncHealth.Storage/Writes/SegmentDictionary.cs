using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>Segments at both grains.</summary>
internal sealed class SegmentDictionary : DictionaryCache<SegmentKey, SegmentIds>
{
    private static readonly string Sql = SqlFile.Beside<SegmentDictionary>("ResolveSegments");

    protected override async Task<IEnumerable<(SegmentKey Key, SegmentIds Id)>> ResolveAsync(
        NpgsqlConnection connection, SegmentKey[] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var columns = new
        {
            now,
            Apps = keys.Select(key => key.App).ToArray(),
            Environments = keys.Select(key => key.Environment).ToArray(),
            AppVersions = keys.Select(key => key.AppVersion).ToArray(),
            Oses = keys.Select(key => key.Os).ToArray(),
            Networks = keys.Select(key => key.Network).ToArray(),
            OsVersions = keys.Select(key => key.OsVersion).ToArray(),
            Types = keys.Select(key => key.Type).ToArray(),
            Triggers = keys.Select(key => key.Trigger).ToArray(),
            CardinalityLimits.MaxEnvironments,
            CardinalityLimits.MaxVersions,
            CardinalityLimits.MaxSystems,
            CardinalityLimits.MaxSystemVersions,
        };
        var rows = await connection.QueryAsync<(int Place, int SegmentId, int CoreId)>(
            new CommandDefinition(Sql, columns, cancellationToken: cancellationToken));
        return rows.Select(row => (keys[row.Place], new SegmentIds(row.SegmentId, row.CoreId)));
    }
}
