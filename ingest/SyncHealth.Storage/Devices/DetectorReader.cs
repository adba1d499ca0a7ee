using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads detectors from raw events: alert rules, API and pages ask this one.</summary>
public sealed class DetectorReader(NpgsqlDataSource dataSource) : IDetectorReader
{
    private static readonly string Detections = SqlFile.Beside<DetectorReader>("Detections");
    private static readonly string DetectedDevices = SqlFile.Beside<DetectorReader>("DetectedDevices");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DetectionGroup>> CountAsync(DetectorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Dimensions.CheckDescribesDevices(query.By);
        Dimensions.CheckDescribesDevices(query.Filters);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<DetectionRow>(new CommandDefinition(
            Detections,
            new { app = query.App, from = query.From.UtcDateTime, at = query.At.UtcDateTime, dimensions = query.By.ToArray(), filters = Dimensions.FilterTexts(query.Filters) },
            cancellationToken: cancellationToken));
        return [.. rows.OrderBy(row => row.Key, GroupOrder.Instance).Select(row => row.ToGroup(GroupOrder.ByOf(query.By, row.Key)))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DetectedDevice>> ListAsync(DetectorQuery query, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Dimensions.CheckDescribesDevices(query.Filters);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<DetectedDeviceRow>(new CommandDefinition(
            DetectedDevices,
            new { app = query.App, from = query.From.UtcDateTime, at = query.At.UtcDateTime, filters = Dimensions.FilterTexts(query.Filters), limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToDevice())];
    }
}
