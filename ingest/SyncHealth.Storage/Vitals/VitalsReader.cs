using System.Data;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace SyncHealth.Storage.Vitals;

/// <summary>Answers vital-sign questions from the functions of migrations 2, 4, 5, 12, 31, 50, 67, 116, 117, 141, 143, 144, 145, 147 and 148: one snapshot per question, sketches merged in SQL and counted here.</summary>
public sealed class VitalsReader(NpgsqlDataSource dataSource) : IVitalsReader
{
    private static readonly string FindApp = SqlFile.Beside<VitalsReader>("FindApp");
    private static readonly string CountedRangeAsOf = SqlFile.Beside<VitalsReader>("CountedRangeAsOf");
    internal static readonly string CountedRangeSql = SqlFile.Beside<VitalsReader>("CountedRange");
    private static readonly string VitalCounts = SqlFile.Beside<VitalsReader>("VitalCounts");
    private static readonly string VitalTallies = SqlFile.Beside<VitalsReader>("VitalTallies");
    private static readonly string MarginRows = SqlFile.Beside<VitalsReader>("MarginRows");
    private static readonly string DeviceSets = SqlFile.Beside<VitalsReader>("DeviceSets");
    private static readonly string FleetAt = SqlFile.Beside<VitalsReader>("FleetAt");
    private static readonly string LagClasses = SqlFile.Beside<VitalsReader>("LagClasses");

    /// <inheritdoc/>
    public async Task<VitalsAnswer?> ReadAsync(VitalsQuery query, CancellationToken cancellationToken) =>
        await ReadAllAsync([query], cancellationToken) is [var answer] ? answer : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VitalsAnswer>?> ReadAllAsync(IReadOnlyList<VitalsQuery> queries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        foreach (var query in queries)
        {
            ArgumentNullException.ThrowIfNull(query);
            Dimensions.Check(query);
        }

        if (queries.Count == 0)
            return [];
        var grids = queries.Select(PointGrid.Of).ToArray();
        RequireOneSnapshot(queries);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await FindAppAsync(connection, queries[0].App, cancellationToken) is not { } appId)
            return null;
        var ranges = await ReadRangesAsync(connection, CountedRangeSql, queries, cancellationToken);
        var answers = queries.Select((query, i) => new AnswerBuilder(query, ranges[i], grids[i])).ToArray();
        var parts = new QueryBatch(connection);
        for (var i = 0; i < answers.Length; i++)
            AddParts(parts, queries[i], ranges[i], answers[i]);
        if (queries.Any(query => query.Parts.HasFlag(VitalsParts.Completeness)))
            parts.Add<LearnedLag>(LagClasses, [new("appId", appId)], learned => Learn(queries, answers, LagCurves.Of(learned)));
        await parts.RunAsync(cancellationToken);
        return [.. answers.Select(answer => answer.Build())];
    }

    /// <inheritdoc/>
    public async Task<DistributionAnswer?> ReadDistributionAsync(DistributionMetric metric, VitalsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var whole = query with { Step = null, Counts = VitalsCounts.Durations };
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

    private static void AddParts(QueryBatch batch, VitalsQuery query, CountedRange range, AnswerBuilder answer)
    {
        var sketches = new ByteBlocks();
        batch.Add(SqlOf(query, range), CountParameters(query, range), async (rows, cancellationToken) =>
        {
            while (await rows.ReadAsync(cancellationToken))
                answer.Add(VitalCount.Read(rows, sketches));
        });
        if (query.Parts.HasFlag(VitalsParts.Devices))
            batch.Add<DeviceCount>(DeviceSets, CountParameters(query, range), answer.Add);
        if (query.Parts.HasFlag(VitalsParts.Fleet) && answer.Moments() is { Count: > 0 } moments && Dimensions.DescribeDevices(query))
            batch.Add<FleetMoment>(FleetAt, FleetParameters(query, moments), answer.Add);
    }

    private static string SqlOf(VitalsQuery query, CountedRange range) =>
        range.IsMargin ? MarginRows : query.Counts == VitalsCounts.Tallies ? VitalTallies : VitalCounts;

    private static void Learn(IReadOnlyList<VitalsQuery> queries, AnswerBuilder[] answers, LagCurves? lag)
    {
        for (var i = 0; i < answers.Length; i++)
            if (queries[i].Parts.HasFlag(VitalsParts.Completeness))
                answers[i].Learn(lag);
    }

    /// <summary>A transaction looks back to one moment, and at one app.</summary>
    internal static void RequireOneSnapshot(IReadOnlyList<VitalsQuery> queries)
    {
        if (queries.Any(query => query.App != queries[0].App || query.AsOf != queries[0].AsOf))
            throw new ArgumentException("All must be about one app, as of one moment.", nameof(queries));
    }

    /// <summary>The bounds of several questions in one round trip.</summary>
    internal static async Task<CountedRange[]> ReadRangesAsync(NpgsqlConnection connection, string sql, IReadOnlyList<VitalsQuery> queries, CancellationToken cancellationToken)
    {
        var ranges = new CountedRange[queries.Count];
        var batch = new QueryBatch(connection);
        foreach (var (i, query) in queries.Index())
            batch.Add<CountedRange>(query.AsOf is null ? sql : CountedRangeAsOf, RangeParameters(query), rows => ranges[i] = rows.Single());
        await batch.RunAsync(cancellationToken);
        return ranges;
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
        var counts = new List<VitalCount>();
        await using var command = new NpgsqlCommand(SqlOf(query, range), connection);
        command.Parameters.AddRange(CountParameters(query, range));
        var sketches = new ByteBlocks();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            counts.Add(VitalCount.Read(rows, sketches));
        return counts;
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

    internal static NpgsqlParameter[] CountParameters(VitalsQuery query, CountedRange range) =>
    [
        new("app", query.App),
        new("lo", range.Lo),
        new("hi", range.Hi),
        new("step", NpgsqlDbType.Interval) { Value = (object?)query.Step ?? DBNull.Value },
        new("zone", query.TimeZone),
        new("clock", NameOf(query.Clock)),
        new("source", range.Source),
        new("by", query.By.ToArray()),
        new("filters", Dimensions.FilterTexts(query.Filters)),
        new("outcomes", query.Counts.HasFlag(VitalsCounts.Outcomes)),
        new("durations", query.Counts.HasFlag(VitalsCounts.Durations)),
        new("conflicts", query.Counts.HasFlag(VitalsCounts.Conflicts)),
        new("volumes", query.Counts.HasFlag(VitalsCounts.Volumes)),
    ];

    private static NpgsqlParameter[] FleetParameters(VitalsQuery query, IReadOnlyList<DateTime> moments) =>
    [
        new("app", query.App),
        new("moments", moments.ToArray()),
        new("now", query.Now.UtcDateTime),
        new("by", query.By.ToArray()),
        new("filters", Dimensions.FilterTexts(query.Filters)),
    ];

    private static NpgsqlParameter[] RangeParameters(VitalsQuery query) =>
    [
        new("asOf", NpgsqlDbType.TimestampTz) { Value = (object?)query.AsOf?.UtcDateTime ?? DBNull.Value },
        new("app", query.App),
        new("from", query.From.UtcDateTime),
        new("to", query.To.UtcDateTime),
        new("step", NpgsqlDbType.Interval) { Value = (object?)query.Step ?? DBNull.Value },
        new("zone", query.TimeZone),
        new("clock", NameOf(query.Clock)),
        new("by", query.By.ToArray()),
        new("filters", Dimensions.FilterTexts(query.Filters)),
        new("now", query.Now.UtcDateTime),
    ];

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
