using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api.Tests;

/// <summary>Readers that remember what was asked and know one app, <c>notes</c>.</summary>
internal sealed class ScriptedReaders : IVitalsReader, IDeviceReader, IAppReader, ICauseReader
{
    public VitalsQuery? Asked { get; private set; }

    public DistributionMetric? AskedMetric { get; private set; }

    public int? AskedLimit { get; private set; }

    public IReadOnlyList<DimensionFilter> AskedFilters { get; private set; } = [];

    public VitalsPoint Point { get; set; } = new() { At = ApiStage.Now };

    public Exception? Failure { get; set; }

    public Task<VitalsAnswer?> ReadAsync(VitalsQuery query, CancellationToken cancellationToken)
    {
        Asked = query;
        if (Failure is not null)
            throw Failure;
        return Task.FromResult(query.App == "notes"
            ? new VitalsAnswer(query.App, query.From, query.To, (int?)query.Step?.TotalSeconds, query.Clock,
                [new VitalsGroup(query.By.ToDictionary(name => name, name => "some " + name), [Point])])
            : null);
    }

    public CauseQuery? CauseAsked { get; private set; }

    public Task<CauseAnswer?> ReadAsync(CauseQuery query, CancellationToken cancellationToken)
    {
        CauseAsked = query;
        if (Failure is not null)
            throw Failure;
        var release = new CauseElement([new DimensionValue("app_version", "2.5.0")], new CauseCounts(1000, 20, 40), new CauseCounts(1000, 450, 40));
        var unknown = new CauseElement([new DimensionValue("os", "windows")], default, new CauseCounts(1000, 450, 40));
        var segment = new CauseElement([new DimensionValue("tag:region", "ap-south")], new CauseCounts(2000, 40, 80), new CauseCounts(2000, 1800, 80));
        return Task.FromResult(query.App == "notes"
            ? new CauseAnswer(
                query.App, query.BeforeFrom, query.BeforeTo, query.From, query.To, ["app_version", "os", "network", "tag:region"], new CauseCounts(10_000, 200, 400), new CauseCounts(10_000, 2000, 400),
                new Explanation
                {
                    Change = 0.18, Split = new MixRateSplit(0.17, 0.01),
                    Causes = [new Cause(segment, CauseKind.GotWorse, 0.97, 0.001), new Cause(release, CauseKind.New, 0.2, 0.001), new Cause(unknown, CauseKind.MixMoved, 0.6, 0.001)],
                    ErrorCodes = [new ErrorCause(new ErrorCodeCounts("server:http_503", 0, 1700), 0.94, 0.001)], Dimensions = [],
                })
            : null);
    }

    public Task<DistributionAnswer?> ReadDistributionAsync(DistributionMetric metric, VitalsQuery query, CancellationToken cancellationToken)
    {
        (Asked, AskedMetric) = (query, metric);
        if (Failure is not null)
            throw Failure;
        return Task.FromResult(query.App == "notes"
            ? new DistributionAnswer(query.App, query.From, query.To, "queue_depth", "items",
                [new DistributionGroup(new Dictionary<string, string>(), [new DistributionBucket(0, 1, 7), new DistributionBucket(1_001, null, 2)], Devices: 9, Gone: 1)])
            : null);
    }

    public Task<IReadOnlyList<DeviceSummary>> FurthestBehindAsync(
        string app, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, int limit, CancellationToken cancellationToken)
    {
        (AskedLimit, AskedFilters) = (limit, filters);
        if (Failure is not null)
            throw Failure;
        return Task.FromResult<IReadOnlyList<DeviceSummary>>(app == "notes"
            ? [new DeviceSummary("00000000000000ff", "2.4.1", "android", "14", "wifi", "Pixel 8", 12, now.AddHours(-1), null, now.AddMinutes(-1))]
            : []);
    }

    public Task<IReadOnlyList<AppSummary>> ListAsync(CancellationToken cancellationToken) =>
        Failure is not null ? throw Failure : Task.FromResult<IReadOnlyList<AppSummary>>([new AppSummary("notes", new Dictionary<string, IReadOnlyList<string>>()), new AppSummary("idle \"app\"", new Dictionary<string, IReadOnlyList<string>>())]);
}
