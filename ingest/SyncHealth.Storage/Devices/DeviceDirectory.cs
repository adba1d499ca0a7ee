using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads lists and stories of devices from Postgres.</summary>
public sealed class DeviceDirectory(NpgsqlDataSource dataSource) : IDeviceDirectory
{
    private static readonly string ListDevices = SqlFile.Beside<DeviceDirectory>("ListDevices");
    private static readonly string FindDevices = SqlFile.Beside<DeviceDirectory>("FindDevices");
    private static readonly string FindTags = SqlFile.Beside<DeviceDirectory>("FindTags");
    private static readonly string DeviceFacts = SqlFile.Beside<DeviceDirectory>("DeviceFacts");
    private static readonly string DeviceEvents = SqlFile.Beside<DeviceDirectory>("DeviceEvents");
    private static readonly string DeviceLosses = SqlFile.Beside<DeviceDirectory>("DeviceLosses");

    /// <inheritdoc/>
    public async Task<DeviceListing> ListAsync(DeviceListQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Dimensions.CheckDescribesDevices(query.Filters);
        var rows = await QueryAsync<DeviceFactsRow>(ListDevices, new
        {
            app = query.App,
            now = query.Now.UtcDateTime,
            filters = Dimensions.FilterTexts(query.Filters),
            show = Name(query.Show),
            sort = Name(query.Sort),
            reverse = query.Reverse,
            skip = query.Skip,
            take = query.Take,
        }, cancellationToken);
        return new DeviceListing(rows.Count > 0 ? rows[0].Total : 0, [.. rows.Select(row => row.ToFacts())]);
    }

    /// <inheritdoc/>
    public async Task<DeviceMatches> FindAsync(DeviceSearch search, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        var devices = await QueryAsync<(string How, long DeviceKey, DateTime LastSeenAt)>(FindDevices, new
        {
            app = search.App, device = search.DeviceKey, user = search.UserKey, low = search.Keys?.Low, high = search.Keys?.High, limit,
        }, cancellationToken);
        var tags = await QueryAsync<(string Dimension, string Value)>(
            FindTags, new { app = search.App, name = search.TagName, text = search.TagValue, limit }, cancellationToken);
        return new DeviceMatches(
            [.. devices.DistinctBy(found => found.DeviceKey).Select(found => new DeviceMatch(found.How, DeviceKeyText.Of(found.DeviceKey), VitalsReader.Utc(found.LastSeenAt)))],
            [.. tags.Select(tag => new DimensionFilter(tag.Dimension, tag.Value))]);
    }

    /// <inheritdoc/>
    public async Task<DeviceFacts?> ReadFactsAsync(string app, string key, CancellationToken cancellationToken) =>
        DeviceKeyText.Parse(key) is { } number && await QueryAsync<DeviceFactsRow>(DeviceFacts, new { app, key = number }, cancellationToken) is [var row]
            ? row.ToFacts()
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceEvent>> ReadEventsAsync(
        string app, string key, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        DeviceKeyText.Parse(key) is { } number
            ? [.. (await QueryAsync<DeviceEventRow>(DeviceEvents, new { app, key = number, from = from.UtcDateTime, to = to.UtcDateTime, limit }, cancellationToken)).Select(row => row.ToEvent())]
            : [];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceLoss>> ReadLossesAsync(string app, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        DeviceKeyText.Parse(key) is { } number
            ? [.. (await QueryAsync<(string Kind, string Reason, long Count, DateTime LastAt)>(DeviceLosses, new { app, key = number, now = now.UtcDateTime }, cancellationToken))
                .Select(row => new DeviceLoss(row.Kind, row.Reason, row.Count, VitalsReader.Utc(row.LastAt)))]
            : [];

    private static string Name(DeviceShow show) => show switch
    {
        DeviceShow.Waiting => "waiting",
        DeviceShow.Stale => "stale",
        DeviceShow.Silent => "silent",
        DeviceShow.Late => "late",
        DeviceShow.Gone => "gone",
        _ => "all",
    };

    private static string Name(DeviceSort sort) => sort switch
    {
        DeviceSort.Oldest => "oldest",
        DeviceSort.Success => "success",
        DeviceSort.Seen => "seen",
        DeviceSort.Pause => "pause",
        _ => "queue",
    };

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];
    }
}
