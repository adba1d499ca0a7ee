using System.Data;
using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Verdicts;

/// <summary>Reads which releases devices run, from what is kept per device; of a large fleet a fixed part is counted, for all.</summary>
public sealed class InstallBaseReader(NpgsqlDataSource dataSource) : IInstallBaseReader
{
    private static readonly string FleetSize = SqlFile.Beside<InstallBaseReader>("FleetSize");
    private static readonly string PromotedTag = SqlFile.Beside<InstallBaseReader>("PromotedTag");
    private static readonly string InstallBaseSql = SqlFile.Beside<InstallBaseReader>("InstallBase");

    /// <inheritdoc/>
    public async Task<InstallBase?> ReadAsync(string app, ReleaseKind kind, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        Dimensions.CheckCore(filters);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await VitalsReader.FindAppAsync(connection, app, cancellationToken) is not { } appId)
            return null;
        var sample = DeviceSample.Of(await connection.QuerySingleAsync<long>(new CommandDefinition(FleetSize, new { appId }, cancellationToken: cancellationToken)));
        var arguments = new
        {
            app,
            kind = ReleaseScope.NameOf(kind),
            filters = ReleaseScope.FilterTexts(filters),
            earliest = ReleaseScope.Earliest(now),
            until = ReleaseScope.Until(now),
            now = now.UtcDateTime,
            lastKey = sample.LastKey,
        };
        var rows = await VitalsReader.QueryAsync<ReleaseUse>(connection, InstallBaseSql, arguments, cancellationToken);
        var tag = await connection.QuerySingleAsync<string?>(new CommandDefinition(PromotedTag, new { appId }, cancellationToken: cancellationToken));
        return new InstallBase([.. rows.Where(row => ReleaseScope.IsRelease(row.Name)).OrderBy(row => row.Name, NaturalOrder.Instance).Select(row => ForAll(row, sample.OneIn))], tag, sample.OneIn);
    }

    private static ReleaseUse ForAll(ReleaseUse row, int oneIn) => row with
    {
        Devices = row.Devices * oneIn,
        CurrentDevices = row.CurrentDevices * oneIn,
        JoinedDevices = row.JoinedDevices * oneIn,
        AllDevices = row.AllDevices * oneIn,
    };
}
