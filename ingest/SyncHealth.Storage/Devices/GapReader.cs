using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads how much telemetry never arrived. Reports that are not folded yet are included.</summary>
public sealed class GapReader(NpgsqlDataSource dataSource) : IGapReader
{
    private static readonly string Gaps = SqlFile.Beside<GapReader>("Gaps");

    /// <inheritdoc/>
    public async Task<TelemetryGaps> ReadAsync(
        string app, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        Dimensions.CheckDescribesDevices(filters);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<TelemetryGaps>(new CommandDefinition(
            Gaps, new { app, now = now.UtcDateTime, filters = Dimensions.FilterTexts(filters) }, cancellationToken: cancellationToken));
    }
}
