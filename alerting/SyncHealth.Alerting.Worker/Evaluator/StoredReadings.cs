using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>The data of one round, read from storage. Rules over the same attempts share one read.</summary>
/// <param name="inputs">Storage.</param>
/// <param name="now">The moment of the round.</param>
/// <param name="releases">Verdicts on releases, kept longer than a round.</param>
/// <param name="present">The present, when the round is one of the past: a minute that was not over then has gone on since, and devices are those of a snapshot.</param>
internal sealed class StoredReadings(AlertInputs inputs, ReleaseReadings releases, DateTimeOffset now, DateTimeOffset? present = null) : IReadings
{
    private const double Percent = 100;

    /// <summary>The limit for which storage counts exactly, in milliseconds.</summary>
    private const double CountedExactly = 60_000;

    private readonly Dictionary<string, Dictionary<SegmentKey, AttemptCounts>> _attempts = [];
    private readonly Dictionary<string, IReadOnlyList<DetectionGroup>> _detections = [];
    private readonly Dictionary<string, TimeSpan> _lateness = [];
    private readonly Dictionary<TimeWindow, bool> _arrivals = [];
    private Task<bool>? _isIngestDown;

    /// <summary>Attempts are counted from the start of the minute in which the window begins: rollups are minutes, the first is counted whole, the present one as far as it has come.</summary>
    public async Task<IReadOnlyDictionary<SegmentKey, Reading>> ReadAsync(AlertRule rule, string app, TimeWindow window, CancellationToken cancellationToken)
    {
        if (rule.Traits.IsDetector)
            return await ReadDetectionsAsync(rule, app, window, cancellationToken);
        if (rule.Traits.IsOfDevices)
            return await ReadDevicesAsync(rule, app, window, cancellationToken);

        var question = QuestionOf(rule, app, window);
        var counted = window with { From = question.From };
        if (!_attempts.TryGetValue(question.Key, out var counts))
            _attempts.Add(question.Key, counts = (await inputs.CountAttemptsAsync(question, cancellationToken)).ToDictionary(count => SegmentKey.Of(rule.By, count.Group)));
        return counts.ToDictionary(pair => pair.Key, pair => new Reading(limit => Measure(rule, counted, pair.Value, limit)));
    }

    /// <summary>Which attempts a rule counts in a window.</summary>
    public AttemptQuestion QuestionOf(AlertRule rule, string app, TimeWindow window) => new()
    {
        App = app, From = MinuteOf(window.From), To = EndOf(window), Clock = ClockOf(rule),
        By = rule.By, Filters = FiltersOf(rule), IgnoredErrors = rule.IgnoreErrors, Now = present ?? now,
    };

    public Task<IReadOnlyList<ReleaseReading>> ReadReleasesAsync(AlertRule rule, string app, CancellationToken cancellationToken) => present is { } later
        ? releases.ReadPastAsync(rule, app, now, later, cancellationToken)
        : releases.ReadAsync(rule, app, now, cancellationToken);

    public async Task<TimeSpan> LatenessAsync(string app, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_lateness.TryGetValue(app, out var lateness))
            _lateness.Add(app, lateness = await inputs.LatenessAsync(app, cancellationToken));
        return lateness;
    }

    public async Task<IReadOnlyList<TimeWindow>> LateWindowsAsync(
        AlertRule rule, string app, DateTimeOffset arrivedSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var starts = await inputs.ListLateWindowsAsync(app, rule.Window, arrivedSince, now, cancellationToken);
        return [.. starts.Select(start => new TimeWindow(start, start + rule.Window))];
    }

    /// <summary>Asked of the present only: what was past is judged by what is known of it.</summary>
    public Task<bool> IsIngestDownAsync(CancellationToken cancellationToken) =>
        present is null ? _isIngestDown ??= inputs.IsIngestDownAsync(cancellationToken) : Task.FromResult(false);

    public async Task<bool> HasArrivalsAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        if (!_arrivals.TryGetValue(window, out var any))
            _arrivals.Add(window, any = await inputs.HasArrivalsAsync(window.From, window.To, cancellationToken));
        return any;
    }

    private async Task<IReadOnlyDictionary<SegmentKey, Reading>> ReadDevicesAsync(AlertRule rule, string app, TimeWindow window, CancellationToken cancellationToken)
    {
        var question = new DeviceQuestion
        {
            App = app, Since = window.From, By = rule.By, Filters = FiltersOf(rule), DepthOver = rule.DepthOver,
            StaleBefore = window.To - rule.Age, SilentBefore = window.To - rule.Age,
            ExcludesOffline = rule.ExcludesOffline,
        };
        var counts = present is { } later
            ? await inputs.CountPastDevicesAsync(question, window.To, later, cancellationToken)
            : await inputs.CountDevicesAsync(question, cancellationToken);
        return counts.ToDictionary(count => SegmentKey.Of(rule.By, count.Group), count => new Reading(_ => DeviceShare.Of(rule, window, count)));
    }

    /// <summary>All detectors of a window are one read of its raw events.</summary>
    private async Task<IReadOnlyDictionary<SegmentKey, Reading>> ReadDetectionsAsync(AlertRule rule, string app, TimeWindow window, CancellationToken cancellationToken)
    {
        var filters = FiltersOf(rule);
        var key = string.Join('\n', [app, $"{window.From:O}", $"{window.To:O}", .. rule.By, "", .. filters]);
        if (!_detections.TryGetValue(key, out var groups))
            _detections.Add(key, groups = await inputs.CountDetectionsAsync(
                new DetectorQuery { App = app, From = window.From, At = window.To, By = rule.By, Filters = [.. filters.Select(FilterOf)] }, cancellationToken));
        return groups.ToDictionary(
            group => SegmentKey.Of(rule.By, [.. rule.By.Select(dimension => group.By[dimension])]), group => new Reading(_ => DetectorShare.Of(rule, window, group)));
    }

    private static Measurement Measure(AlertRule rule, TimeWindow window, AttemptCounts counts, double limit) =>
        new(window, counts.Attempts, counts.Devices, OffendingOf(rule, counts, limit), ValueOf(rule, counts));

    private static double ValueOf(AlertRule rule, AttemptCounts counts) => rule.Metric switch
    {
        RuleMetric.SuccessRate => Percent * counts.Successes / counts.Attempts,
        RuleMetric.FirstTryRate => Percent * counts.FirstTry / counts.Attempts,
        RuleMetric.ConflictRate => Percent * counts.Conflicts / counts.Attempts,
        RuleMetric.ConflictedShare => Percent * counts.Conflicted / counts.Attempts,
        RuleMetric.SlowShare => Percent * CountSlower(counts, rule.Age.TotalMilliseconds) / counts.Attempts,
        _ => rule.Traits.Quantile is { } quantile ? counts.Durations.Percentile(quantile)!.Value : counts.Attempts,
    };

    private static long OffendingOf(AlertRule rule, AttemptCounts counts, double limit) => rule.Metric switch
    {
        RuleMetric.SuccessRate => counts.Attempts - counts.Successes,
        RuleMetric.FirstTryRate => counts.Attempts - counts.FirstTry,
        RuleMetric.ConflictRate => counts.Conflicts,
        RuleMetric.ConflictedShare => counts.Conflicted,
        RuleMetric.SlowShare => CountSlower(counts, rule.Age.TotalMilliseconds),
        _ => rule.Traits.Quantile is null ? 0 : CountSlower(counts, limit),
    };

    private static long CountSlower(AttemptCounts counts, double limit) => limit == CountedExactly
        ? counts.OverAMinute
        : counts.Durations.Buckets.Where(bucket => DurationSketch.ValueOf(bucket.Bucket) > limit).Sum(bucket => bucket.Count);

    private static IReadOnlyList<string> FiltersOf(AlertRule rule) => [.. rule.Filter, "environment:" + rule.Environment];

    private static DimensionFilter FilterOf(string filter) => RuleDimensions.OfFilter(filter) is { } dimension
        ? new DimensionFilter(dimension, filter[(dimension.Length + 1)..])
        : throw new ArgumentException($"'{filter}' is no filter: rules are read before they are run.", nameof(filter));

    private static AttemptClock ClockOf(AlertRule rule) =>
        rule.Metric == RuleMetric.LateAttempts ? AttemptClock.Late : rule.Clock == RuleClock.Event ? AttemptClock.Event : AttemptClock.Arrival;

    /// <summary>The running minute counts as far as it has come; a window of the past ends where it says, at a whole minute.</summary>
    private DateTimeOffset EndOf(TimeWindow window) => MinuteOf(window.To == now && present is null ? window.To.AddMinutes(1) : window.To.AddMinutes(1).AddTicks(-1));

    private static DateTimeOffset MinuteOf(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));
}
