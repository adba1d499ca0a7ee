using System.Data;
using Dapper;
using Npgsql;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Causes;

/// <summary>Reads both periods from rollups of whole hours, in one snapshot, and lets <see cref="CauseFinder"/> judge.</summary>
public sealed class CauseReader(NpgsqlDataSource dataSource) : ICauseReader
{
    /// <summary>A tag that is not in the rollups for the whole range is read from raw events, if they are no more than this: a second's work.</summary>
    private const long MostRawEvents = 200_000;

    /// <summary>Devices whose failures are looked at one by one: enough for a design effect of two digits.</summary>
    private const double SampledDevices = 20_000;

    /// <summary>Days of the sample, the last ones: how failures cluster does not change within weeks.</summary>
    private const int SampledDays = 8;

    private static readonly string PromotedTag = SqlFile.Beside<CauseReader>("PromotedTag");
    private static readonly string DeviceClusters = SqlFile.Beside<CauseReader>("DeviceClusters");

    /// <summary>The dimensions that every app has.</summary>
    internal static readonly IReadOnlyList<string> CoreDimensions = [Version, "os", "network"];

    /// <summary>A version takes another's place on the same devices; no other dimension's values do.</summary>
    internal const string Version = "app_version";

    /// <inheritdoc/>
    public async Task<CauseAnswer?> ReadAsync(CauseQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (before, now) = PeriodsOf(query);
        Dimensions.Check(now);
        PointGrid.Of(before);
        PointGrid.Of(now);

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await VitalsReader.FindAppAsync(connection, query.App, cancellationToken) is null)
            return null;

        var cells = await ReadCellsAsync(connection, before, now, CoreDimensions, cancellationToken);
        var dimensions = CoreDimensions;
        if (await TagOfAsync(connection, before, cells.Total(), cancellationToken) is { } tag)
        {
            dimensions = [.. CoreDimensions, tag];
            cells = await ReadCellsAsync(connection, before, now, dimensions, cancellationToken);
        }

        await ReadDevicesAsync(connection, before, cells, isNow: false, cancellationToken);
        await ReadDevicesAsync(connection, now, cells, isNow: true, cancellationToken);
        var total = cells.Total();
        var input = new CauseInput
        {
            Before = total.Before,
            Now = total.Now,
            Elements = cells.Elements(),
            Succession = Version,
            ErrorCodes = await ReadErrorsAsync(connection, before, now, cancellationToken),
            DesignEffect = await ReadDesignEffectAsync(connection, now, Math.Max(total.Before.Devices, total.Now.Devices), cancellationToken),
        };
        return new CauseAnswer(query.App, before.From, before.To, now.From, now.To, dimensions, total.Before, total.Now, CauseFinder.Explain(input));
    }

    /// <summary>Both periods in whole hours. Where the drop begins in the hour that ends the time before it, that hour is the drop's.</summary>
    private static (VitalsQuery Before, VitalsQuery Now) PeriodsOf(CauseQuery query)
    {
        var now = new VitalsQuery { App = query.App, From = Floor(query.From), To = Ceil(query.To), Now = query.Now, By = CoreDimensions, Filters = query.Filters };
        return (now with { From = Floor(query.BeforeFrom), To = Floor(query.BeforeTo) }, now);
    }

    private static async Task<CauseCells> ReadCellsAsync(
        NpgsqlConnection connection, VitalsQuery before, VitalsQuery now, IReadOnlyList<string> dimensions, CancellationToken cancellationToken)
    {
        var cells = new CauseCells(dimensions);
        foreach (var period in (VitalsQuery[])[before with { By = dimensions }, now with { By = dimensions }])
            cells.Add(await VitalsReader.ReadCountsAsync(connection, period, await RangeAsync(connection, period, cancellationToken), cancellationToken), period.From == now.From);
        return cells;
    }

    /// <summary>The promoted tag, where reading by it costs no more than rollups do, or little.</summary>
    private static async Task<string?> TagOfAsync(NpgsqlConnection connection, VitalsQuery before, CauseCell total, CancellationToken cancellationToken)
    {
        var tag = await connection.QuerySingleAsync<string?>(new CommandDefinition(PromotedTag, new { app = before.App }, cancellationToken: cancellationToken));
        if (tag is null)
            return null;
        var range = await RangeAsync(connection, before with { By = [.. CoreDimensions, tag] }, cancellationToken);
        return range.Source != "event" || total.Before.Attempts + total.Now.Attempts <= MostRawEvents ? tag : null;
    }

    private static async Task ReadDevicesAsync(NpgsqlConnection connection, VitalsQuery period, CauseCells cells, bool isNow, CancellationToken cancellationToken) =>
        cells.Add(await VitalsReader.ReadDevicesAsync(connection, period, await RangeAsync(connection, period, cancellationToken), cancellationToken), isNow);

    private static async Task<IReadOnlyList<ErrorCodeCounts>> ReadErrorsAsync(
        NpgsqlConnection connection, VitalsQuery before, VitalsQuery now, CancellationToken cancellationToken)
    {
        var earlier = await BreakdownReader.ReadErrorsAsync(connection, before with { By = [] }, cancellationToken);
        var later = await BreakdownReader.ReadErrorsAsync(connection, now with { By = [] }, cancellationToken);
        return [.. earlier.Select(row => (row.Kind, row.Code)).Union(later.Select(row => (row.Kind, row.Code))).Select(error => new ErrorCodeCounts(
            ErrorName.Of(error.Kind, error.Code), Sum(earlier, error), Sum(later, error)))];

        static long Sum(IEnumerable<ErrorRow> rows, (string Kind, string Code) error) =>
            rows.Where(row => row.Kind == error.Kind && row.Code == error.Code).Sum(row => row.Attempts);
    }

    private static async Task<double> ReadDesignEffectAsync(NpgsqlConnection connection, VitalsQuery now, long devices, CancellationToken cancellationToken)
    {
        var to = now.To.UtcDateTime.AddTicks(TimeSpan.TicksPerDay - 1).Date;
        var from = now.From.UtcDateTime.Date;
        var widest = (ulong)(Math.Min(1, SampledDevices / Math.Max(1, devices)) * ulong.MaxValue);
        var clusters = await connection.QuerySingleAsync<DeviceClusters>(new CommandDefinition(
            DeviceClusters,
            new
            {
                app = now.App,
                from = DateTime.SpecifyKind(from < to.AddDays(-SampledDays) ? to.AddDays(-SampledDays) : from, DateTimeKind.Utc),
                to = DateTime.SpecifyKind(to, DateTimeKind.Utc),
                lowest = long.MinValue,
                highest = (long)(widest ^ 0x8000_0000_0000_0000),
            },
            cancellationToken: cancellationToken));
        return clusters.DesignEffect;
    }

    private static Task<CountedRange> RangeAsync(NpgsqlConnection connection, VitalsQuery query, CancellationToken cancellationToken) =>
        VitalsReader.ReadRangeAsync(connection, VitalsReader.CountedRangeSql, query, cancellationToken);

    private static DateTimeOffset Floor(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerHour));

    private static DateTimeOffset Ceil(DateTimeOffset at) => Floor(at.AddTicks(TimeSpan.TicksPerHour - 1));
}
