using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Causes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Markers;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Fakes;

/// <summary>All readers over numbers that a test sets. Counts the questions and keeps them.</summary>
internal sealed class FakeReaders :
    IAppReader, IVitalsReader, IDeviceReader, IAlertReader, IWorkAtRiskReader, IMarkerReader, IBreakdownReader, IDurationReader, IDimensionReader, ICauseReader
{
    private readonly List<VitalsQuery> _questions = [];

    public List<AppSummary> Apps { get; } =
    [
        new("notes", new Dictionary<string, IReadOnlyList<string>> { ["app_version"] = ["2.4.1", "2.5.0"], ["os"] = ["android", "ios"], ["network"] = ["cellular", "wifi"] }),
    ];

    /// <summary>Answers a question without step; by the range's start.</summary>
    public Func<VitalsQuery, VitalsPoint> Total { get; set; } = query => Some.Point(at: query.From);

    /// <summary>Answers a question with step.</summary>
    public IReadOnlyList<VitalsPoint> Points { get; set; } = Some.Minutes(_ => 1);

    public IReadOnlyList<VitalsGroup> Cells { get; set; } = Some.Cells(failures: 2);

    public List<AlertSummary> Alerts { get; } = [];

    public List<string> Unreached { get; } = [];

    public List<DeviceSummary> Devices { get; } = [];

    public WorkAtRisk AtRisk { get; set; } = new();

    /// <summary>Since when work waited that the last question called at risk.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    public List<Marker> Markers { get; } = [];

    /// <summary>Errors of a question; by the range's start.</summary>
    public Func<VitalsQuery, IReadOnlyList<ErrorShare>> Errors { get; set; } = _ => [];

    public List<DurationSlice> Durations { get; } = [];

    /// <summary>What explains a drop; null while nobody is to know.</summary>
    public CauseAnswer? Cause { get; set; }

    /// <summary>The last question for a cause.</summary>
    public CauseQuery? CauseAsked { get; private set; }

    /// <summary>Thrown by every question while set.</summary>
    public Exception? Failure { get; set; }

    public IReadOnlyList<VitalsQuery> Questions
    {
        get
        {
            lock (_questions)
                return [.. _questions];
        }
    }

    public Task<IReadOnlyList<AppSummary>> ListAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<IReadOnlyList<AppSummary>>(Apps) : Task.FromException<IReadOnlyList<AppSummary>>(Failure);

    public Task<VitalsAnswer?> ReadAsync(VitalsQuery query, CancellationToken cancellationToken)
    {
        lock (_questions)
            _questions.Add(query);
        var groups = (query.Step, query.By.Count) switch
        {
            (null, 0) => [new VitalsGroup(new Dictionary<string, string>(), [Total(query)])],
            (null, _) => Cells,
            (_, 0) => [new VitalsGroup(new Dictionary<string, string>(), Points)],
            _ => Grouped(query.By[0]),
        };
        return Task.FromResult<VitalsAnswer?>(new VitalsAnswer(query.App, query.From, query.To, (int?)query.Step?.TotalSeconds, query.Clock, groups));
    }

    public Task<DistributionAnswer?> ReadDistributionAsync(DistributionMetric metric, VitalsQuery query, CancellationToken cancellationToken)
    {
        DistributionBucket[] buckets = metric == DistributionMetric.Duration ? [new(200, 300, 700), new(60_000, 90_000, 5)] : [new(300, 600, 90), new(86_400, null, 10)];
        var group = new DistributionGroup(new Dictionary<string, string>(), buckets);
        return Task.FromResult<DistributionAnswer?>(new DistributionAnswer(query.App, query.From, query.To, metric.ToString(), "", [group]));
    }

    public Task<IReadOnlyList<DeviceSummary>> FurthestBehindAsync(
        string app, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeviceSummary>>([.. Devices.Take(limit)]);

    public Task<IReadOnlyList<AlertSummary>> ListActiveAsync(string? app, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlertSummary>>(Alerts);

    public Task<IReadOnlyList<AlertTransitionSummary>> ListHistoryAsync(
        string? app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlertTransitionSummary>>([]);

    /// <summary>Alerts of a past moment.</summary>
    public List<AlertTransitionSummary> Past { get; } = [];

    /// <summary>The last past moment that was asked for.</summary>
    public DateTimeOffset? PastAsked { get; private set; }

    public Task<IReadOnlyList<AlertTransitionSummary>> ListAsOfAsync(string? app, DateTimeOffset at, CancellationToken cancellationToken)
    {
        PastAsked = at;
        return Task.FromResult<IReadOnlyList<AlertTransitionSummary>>(Past);
    }

    public DateTimeOffset? LastRound { get; init; }

    public Task<DateTimeOffset?> ReadLastRoundAsync(CancellationToken cancellationToken) => Task.FromResult(LastRound);

    public Task<IReadOnlyList<string>> ListUnreachedRulesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(Unreached);

    public Task<WorkAtRisk> ReadWorkAtRiskAsync(
        string app, DateTimeOffset now, DateTimeOffset waitingSince, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        WaitingSince = waitingSince;
        return Task.FromResult(AtRisk);
    }

    public Task<IReadOnlyList<Marker>> ListAsync(string? app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Marker>>([.. Markers.Where(marker => marker.At >= from && marker.At < to)]);

    public Task<CauseAnswer?> ReadAsync(CauseQuery query, CancellationToken cancellationToken)
    {
        CauseAsked = query;
        return Task.FromResult(Cause);
    }

    public Task<ErrorAnswer?> ReadErrorsAsync(VitalsQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<ErrorAnswer?>(new ErrorAnswer(query.App, query.From, query.To, Errors(query)));

    public async Task<IReadOnlyList<ErrorAnswer>?> ReadAllErrorsAsync(IReadOnlyList<VitalsQuery> queries, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(queries.Select(async query => (await ReadErrorsAsync(query, cancellationToken))!))];

    public Task<ConflictAnswer?> ReadConflictsAsync(VitalsQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<ConflictAnswer?>(new ConflictAnswer(query.App, query.From, query.To, []));

    public Task<DurationAnswer?> ReadDurationsAsync(VitalsQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<DurationAnswer?>(new DurationAnswer(query.App, query.From, query.To, Durations));

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListValuesAsync(string app, CancellationToken cancellationToken) =>
        Task.FromResult(Apps[0].Dimensions);

    private IReadOnlyList<VitalsGroup> Grouped(string dimension) =>
        [.. Apps[0].Dimensions[dimension].Select(value => new VitalsGroup(new Dictionary<string, string> { [dimension] = value }, Points))];
}
