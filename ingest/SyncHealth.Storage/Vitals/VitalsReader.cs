using System.Data;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Storage.Vitals;

/// <summary>Answers vital-sign questions from the functions of migrations 2, 4, 5, 12, 14, 31 and 50: one snapshot per question, sketches merged in SQL and counted here.</summary>
public sealed class VitalsReader(NpgsqlDataSource dataSource) : IVitalsReader
{
    private static readonly string FindApp = SqlFile.Beside<VitalsReader>("FindApp");
    private static readonly string CountedRangeAsOf = SqlFile.Beside<VitalsReader>("CountedRangeAsOf");
    internal static readonly string CountedRangeSql = SqlFile.Beside<VitalsReader>("CountedRange");
    private static readonly string VitalCounts = SqlFile.Beside<VitalsReader>("VitalCounts");
    private static readonly string DeviceSets = SqlFile.Beside<VitalsReader>("DeviceSets");
    private static readonly string FleetAt = SqlFile.Beside<VitalsReader>("FleetAt");
    private static readonly string LagClasses = SqlFile.Beside<VitalsReader>("LagClasses");

    /// <inheritdoc/>
    public async Task<VitalsAnswer?> ReadAsync(VitalsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Dimensions.Check(query);
        var grid = PointGrid.Of(query);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await FindAppAsync(connection, query.App, cancellationToken) is not { } appId)
            return null;

        var range = await ReadRangeAsync(connection, CountedRangeSql, query, cancellationToken);
        var answer = new AnswerBuilder(query, range, grid);
        answer.Add(await ReadCountsAsync(connection, query, range, cancellationToken));
        if (query.Parts.HasFlag(VitalsParts.Devices))
            answer.Add(await ReadDevicesAsync(connection, query, range, cancellationToken));
        if (query.Parts.HasFlag(VitalsParts.Fleet))
            answer.Add(await ReadFleetAsync(connection, query, answer.Moments(), cancellationToken));
        if (query.Parts.HasFlag(VitalsParts.Completeness))
            answer.Learn(LagCurves.Of(await QueryAsync<LearnedLag>(connection, LagClasses, new { appId }, cancellationToken)));
        return answer.Build();
    }

    /// <inheritdoc/>
    public async Task<DistributionAnswer?> ReadDistributionAsync(DistributionMetric metric, VitalsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var whole = query with { Step = null };
        Dimensions.Check(whole);
        PointGrid.Of(whole);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await FindAppAsync(connection, whole.App, cancellationToken) is null)
            return null;

        var range = await ReadRangeAsync(connection, CountedRangeSql, whole, cancellationToken);
        var scale = DistributionScale.Of(metric);
        var groups = metric == DistributionMetric.Duration
            ? (await ReadCountsAsync(connection, whole, range, cancellationToken))
                .GroupBy(row => row.GroupKey, GroupOrder.Instance)
                .Select(rows => rows.Aggregate((sum, row) => sum.Plus(row)))
                .Select(row => (row.GroupKey, Buckets: scale.Bucket(DurationsOf(row)), Devices: (long?)null, Gone: (long?)null))
            : (await ReadFleetAsync(connection, whole, [range.Hi], cancellationToken))
                .Select(row => (row.GroupKey, Buckets: scale.Bucket(row.ValuesOf(metric)), Devices: (long?)row.Devices, Gone: (long?)row.Gone));
        return new DistributionAnswer(whole.App, Utc(range.Lo), Utc(range.Hi), scale.Name, scale.Unit,
            [.. groups.OrderBy(group => group.GroupKey, GroupOrder.Instance).Select(group => new DistributionGroup(
                GroupOrder.ByOf(whole.By, group.GroupKey), group.Buckets, group.Devices, group.Gone))]);
    }

    internal static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    private static IEnumerable<(double Value, long Count)> DurationsOf(VitalCount row) =>
        Sketches.Merged(row.SuccessSketch, row.OtherSketch).Buckets.Select(pair => (DurationSketch.ValueOf(pair.Bucket), pair.Count));

    internal static Task<int?> FindAppAsync(NpgsqlConnection connection, string app, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<int?>(new CommandDefinition(FindApp, new { app }, cancellationToken: cancellationToken));

    /// <summary>The bounds that are counted. A question as of a past moment makes the open transaction look back to it from here on.</summary>
    internal static Task<CountedRange> ReadRangeAsync(NpgsqlConnection connection, string sql, VitalsQuery query, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<CountedRange>(new CommandDefinition(
            query.AsOf is null ? sql : CountedRangeAsOf,
            new
            {
                asOf = query.AsOf?.UtcDateTime,
                app = query.App,
                from = query.From.UtcDateTime,
                to = query.To.UtcDateTime,
                step = query.Step,
                zone = query.TimeZone,
                clock = NameOf(query.Clock),
                by = query.By.ToArray(),
                filters = Dimensions.FilterTexts(query.Filters),
                now = query.Now.UtcDateTime,
            },
            cancellationToken: cancellationToken));

    /// <summary>The devices of each group and point, as sets.</summary>
    internal static Task<IReadOnlyList<DeviceCount>> ReadDevicesAsync(
        NpgsqlConnection connection, VitalsQuery query, CountedRange range, CancellationToken cancellationToken) =>
        QueryAsync<DeviceCount>(connection, DeviceSets, Arguments(query, range), cancellationToken);

    internal static async Task<IReadOnlyList<VitalCount>> ReadCountsAsync(
        NpgsqlConnection connection, VitalsQuery query, CountedRange range, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(VitalCounts, connection)
        {
            Parameters =
            {
                new("app", query.App),
                new("lo", range.Lo),
                new("hi", range.Hi),
                new("step", NpgsqlDbType.Interval) { Value = (object?)query.Step ?? DBNull.Value },
                new("zone", query.TimeZone),
                new("clock", NameOf(query.Clock)),
                new("source", range.Source),
                new("by", query.By.ToArray()),
                new("filters", Dimensions.FilterTexts(query.Filters)),
            },
        };
        return await command.ReadAllAsync(VitalCount.Read, cancellationToken);
    }

    private static async Task<IReadOnlyList<FleetMoment>> ReadFleetAsync(
        NpgsqlConnection connection, VitalsQuery query, IReadOnlyList<DateTime> moments, CancellationToken cancellationToken) =>
        moments.Count == 0 || !Dimensions.DescribeDevices(query)
            ? []
            : await QueryAsync<FleetMoment>(
                connection,
                FleetAt,
                new { app = query.App, moments = moments.ToArray(), now = query.Now.UtcDateTime, by = query.By.ToArray(), filters = Dimensions.FilterTexts(query.Filters) },
                cancellationToken);

    private static string NameOf(VitalsClock clock) => clock == VitalsClock.Arrival ? "arrival" : "event";

    internal static object Arguments(VitalsQuery query, CountedRange range) => new
    {
        app = query.App,
        lo = range.Lo,
        hi = range.Hi,
        step = query.Step,
        zone = query.TimeZone,
        clock = NameOf(query.Clock),
        source = range.Source,
        by = query.By.ToArray(),
        filters = Dimensions.FilterTexts(query.Filters),
    };

    internal static async Task<IReadOnlyList<T>> QueryAsync<T>(NpgsqlConnection connection, string sql, object arguments, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<T>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken))];
}
