using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads work at risk from device state, reports that are not folded yet included.</summary>
public sealed class WorkAtRiskReader(NpgsqlDataSource dataSource) : IWorkAtRiskReader
{
    private static readonly string WorkAtRiskSql = SqlFile.Beside<WorkAtRiskReader>("WorkAtRisk");

    /// <inheritdoc/>
    public async Task<WorkAtRisk> ReadWorkAtRiskAsync(
        string app, DateTimeOffset now, DateTimeOffset waitingSince, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filters);
        Dimensions.CheckDescribesDevices(filters);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<WorkAtRisk>(new CommandDefinition(
            WorkAtRiskSql,
            new { app, now = now.UtcDateTime, waitingSince = waitingSince.UtcDateTime, filters = Dimensions.FilterTexts(filters) },
            cancellationToken: cancellationToken));
    }
}
