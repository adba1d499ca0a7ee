using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads who is still there and how fresh the data of all expected devices is. Reports that are not folded yet are included.</summary>
public sealed class PresenceReader(NpgsqlDataSource dataSource) : IPresenceReader
{
    private static readonly string PresenceSql = SqlFile.Beside<PresenceReader>("Presence");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PresenceGroup>> ReadAsync(
        string app, DateTimeOffset now, TimeSpan within, IReadOnlyList<string> by, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(filters);
        Dimensions.CheckDescribesDevices(by);
        Dimensions.CheckDescribesDevices(filters);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<PresenceRow>(new CommandDefinition(
            PresenceSql,
            new { app, now = now.UtcDateTime, within, dimensions = by.ToArray(), filters = Dimensions.FilterTexts(filters) },
            cancellationToken: cancellationToken));
        return [.. rows.OrderBy(row => row.Key, GroupOrder.Instance)
            .Select(row => new PresenceGroup(GroupOrder.ByOf(by, row.Key), row.Active, row.Late, row.Silent, row.Gone, row.Reporting, row.Synced))];
    }
}
