using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads who is still there and how fresh the data of all expected devices is. Reports that are not folded yet are included.</summary>
public sealed class PresenceReader(NpgsqlDataSource dataSource)
{
    private static readonly string PresenceSql = SqlFile.Beside<PresenceReader>("Presence");

    /// <summary>Groups in natural order of their keys.</summary>
    /// <param name="app">Name of the app.</param>
    /// <param name="now">The present, on the shared clock.</param>
    /// <param name="within">How recent a report or a success has to be.</param>
    /// <param name="by">Dimensions of devices; none for one group of all.</param>
    /// <param name="filters">Which devices.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="VitalsQueryException">A dimension is no property of a device; the message names what is allowed.</exception>
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
