using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads who is on which release and how each device fares there; the unit is the device. Reports that are not folded yet are included.</summary>
public sealed class ReleaseReader(NpgsqlDataSource dataSource)
{
    private static readonly string Adoption = SqlFile.Beside<ReleaseReader>("Adoption");
    private static readonly string ReleaseTotals = SqlFile.Beside<ReleaseReader>("ReleaseTotals");
    private static readonly string DeviceTotals = SqlFile.Beside<ReleaseReader>("DeviceTotals");

    /// <summary>Devices per release on each day (UTC) from that of <paramref name="from"/> to that of <paramref name="to"/>, days ascending, releases in natural order.</summary>
    /// <exception cref="VitalsQueryException">A filter is not of <see cref="Dimensions.Core"/>.</exception>
    public async Task<IReadOnlyList<ReleaseDay>> AdoptionAsync(
        string app, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        Dimensions.CheckCore(filters);
        var rows = await QueryAsync<AdoptionRow>(
            Adoption, new { app, from = DayOf(from), to = DayOf(to).AddDays(1), filters = Dimensions.FilterTexts(filters) }, cancellationToken);
        return [.. rows.GroupBy(row => row.At).OrderBy(day => day.Key).SelectMany(OfDay)];
    }

    /// <summary>Every release ever seen with its totals, in natural order.</summary>
    /// <exception cref="VitalsQueryException">A filter is not of <see cref="Dimensions.Core"/>.</exception>
    public async Task<IReadOnlyList<ReleaseTotals>> ReleasesAsync(
        string app, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        Dimensions.CheckCore(filters);
        var rows = await QueryAsync<ReleaseRow>(
            ReleaseTotals, new { app, now = now.UtcDateTime, filters = Dimensions.FilterTexts(filters) }, cancellationToken);
        return [.. rows.OrderBy(row => row.AppVersion, NaturalOrder.Instance).Select(row => row.ToTotals())];
    }

    /// <summary>Every device with an attempt on the days (UTC) from that of <paramref name="from"/> to that of <paramref name="to"/>, by device key.</summary>
    /// <exception cref="VitalsQueryException">A filter is not of <see cref="Dimensions.Core"/>.</exception>
    public Task<IReadOnlyList<DeviceTotals>> DevicesAsync(
        string app, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        Dimensions.CheckCore(filters);
        return QueryAsync<DeviceTotals>(
            DeviceTotals, new { app, from = DayOf(from), to = DayOf(to).AddDays(1), filters = Dimensions.FilterTexts(filters) }, cancellationToken);
    }

    private static IEnumerable<ReleaseDay> OfDay(IGrouping<DateTime, AdoptionRow> day)
    {
        var all = new DeviceSet();
        foreach (var row in day)
            all.Merge(row.Keys, row.Registers);
        return day
            .OrderBy(row => row.AppVersion, NaturalOrder.Instance)
            .Select(row => new ReleaseDay(VitalsReader.Utc(day.Key), row.AppVersion, DeviceSet.CountOf(row.Keys, row.Registers), all.Count));
    }

    private static DateTime DayOf(DateTimeOffset at) => at.UtcDateTime.Date;

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))];
    }
}
