using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads device state, reports that are not folded yet included.</summary>
public sealed class DeviceReader(NpgsqlDataSource dataSource) : IDeviceReader
{
    private static readonly string FurthestBehind = SqlFile.Beside<DeviceReader>("FurthestBehind");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceSummary>> FurthestBehindAsync(
        string app, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Dimensions.CheckDescribesDevices(filters);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<DeviceRow>(new CommandDefinition(
            FurthestBehind, new { app, now = now.UtcDateTime, filters = Dimensions.FilterTexts(filters), limit }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToSummary())];
    }
}
