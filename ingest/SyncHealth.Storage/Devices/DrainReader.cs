using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads the return of devices from raw events.</summary>
public sealed class DrainReader(NpgsqlDataSource dataSource) : IDrainReader
{
    private static readonly string Drains = SqlFile.Beside<DrainReader>("Drains");
    private static readonly string ReturnCourse = SqlFile.Beside<DrainReader>("ReturnCourse");

    /// <inheritdoc/>
    public async Task<DrainCourse> ReadAsync(DetectorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Dimensions.CheckDescribesDevices(query.By);
        Dimensions.CheckDescribesDevices(query.Filters);
        var parameters = new { app = query.App, from = query.From.UtcDateTime, at = query.At.UtcDateTime, dimensions = query.By.ToArray(), filters = Dimensions.FilterTexts(query.Filters) };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var groups = await connection.QueryAsync<DrainRow>(new CommandDefinition(Drains, parameters, cancellationToken: cancellationToken));
        var minutes = await connection.QueryAsync<(DateTime At, long Requests, long Returns)>(new CommandDefinition(ReturnCourse, parameters, cancellationToken: cancellationToken));
        return new DrainCourse(
            [.. groups.OrderBy(row => row.Key, GroupOrder.Instance).Select(row => new DrainGroup(
                GroupOrder.ByOf(query.By, row.Key), row.Returns, row.Devices, row.Backlog, row.Draining, row.Waiting, row.DrainP50, row.DrainP90))],
            [.. minutes.Select(minute => new ReturnMinute(VitalsReader.Utc(minute.At), minute.Requests, minute.Returns))]);
    }
}
