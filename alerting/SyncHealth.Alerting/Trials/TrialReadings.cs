using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Trials;

/// <summary>The data of a trial as it has arrived by a moment; counts by the same definitions as storage does.</summary>
internal sealed class TrialReadings(IReadOnlyList<TrialFact> facts, DateTimeOffset now, TimeSpan lateness) : IReadings
{
    /// <summary>Beyond this an event is late for the arrival clock.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(15);

    private readonly List<TrialFact> _arrived = [.. facts.Where(fact => fact.ArrivedAt <= now)];

    /// <summary>The minutes of all series of a trial.</summary>
    public static IReadOnlyList<TrialFact> FactsOf(Trial trial) =>
        [.. from series in trial.Series
            from minute in Enumerable.Range(0, (int)Math.Ceiling(Math.Max(0, (series.To - series.From).TotalMinutes)))
            select new TrialFact(series, trial.Start + series.From + TimeSpan.FromMinutes(minute))];

    public Task<IReadOnlyDictionary<SegmentKey, Reading>> ReadAsync(AlertRule rule, string app, TimeWindow window, CancellationToken cancellationToken)
    {
        var facts = _arrived.Where(fact => IsIn(rule, window, fact) && Passes(rule, fact.Series)).GroupBy(fact => SegmentOf(rule, fact.Series));
        return Task.FromResult<IReadOnlyDictionary<SegmentKey, Reading>>(facts.ToDictionary(
            group => group.Key,
            group => ReadingOf(rule, window, [.. group])));
    }

    public Task<IReadOnlyList<ReleaseReading>> ReadReleasesAsync(AlertRule rule, string app, CancellationToken cancellationToken) =>
        Task.FromResult(TrialReleases.Of([.. _arrived.Where(fact => fact.At <= now && Passes(rule, fact.Series))], now));

    public Task<TimeSpan> LatenessAsync(string app, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(lateness);

    public Task<IReadOnlyList<TimeWindow>> LateWindowsAsync(
        AlertRule rule, string app, DateTimeOffset arrivedSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var windows = from fact in _arrived
                      where fact.ArrivedAt >= arrivedSince && fact.ArrivedAt <= now
                      let start = fact.At.AddTicks(-(fact.At.UtcTicks % rule.Window.Ticks))
                      where fact.ArrivedAt >= start + rule.Window
                      select new TimeWindow(start, start + rule.Window);
        return Task.FromResult<IReadOnlyList<TimeWindow>>([.. windows.Distinct().OrderBy(window => window.From)]);
    }

    public Task<bool> HasArrivalsAsync(TimeWindow window, CancellationToken cancellationToken) =>
        Task.FromResult(_arrived.Any(fact => fact.ArrivedAt >= window.From && fact.ArrivedAt <= window.To));

    private static Reading ReadingOf(AlertRule rule, TimeWindow window, TrialFact[] counted) => rule.Traits switch
    {
        { IsDetector: true } => _ => TrialCounts.OfDetector(rule, window, counted),
        { IsOfDevices: true } => _ => TrialCounts.OfDevices(rule, window, counted),
        _ => limit => TrialCounts.OfAttempts(rule, window, counted, limit),
    };

    private bool IsIn(AlertRule rule, TimeWindow window, TrialFact fact)
    {
        if (rule.Traits.IsOfDevices)
            return fact.At >= window.From;
        var at = rule.Clock == RuleClock.Event ? fact.At : fact.ArrivedAt;
        // The present counts as far as it has come; a window of the past ends before its end.
        return at >= window.From && (at < window.To || (at == now && window.To == now))
            && (rule.Clock == RuleClock.Event || fact.Series.Late >= OnTime == (rule.Metric == RuleMetric.LateAttempts))
            && fact.Attempts > 0;
    }

    private static bool Passes(AlertRule rule, TrialSeries series) =>
        ValueOf(series, "environment", "production") == rule.Environment
        && rule.Filter.GroupBy(RuleDimensions.OfFilter).All(either => either.Any(filter => filter == $"{either.Key}:{ValueOf(series, either.Key!, "")}"));

    private static SegmentKey SegmentOf(AlertRule rule, TrialSeries series) => SegmentKey.Of(rule.By, [.. rule.By.Select(dimension => ValueOf(series, dimension, ""))]);

    private static string ValueOf(TrialSeries series, string dimension, string fallback) => series.Segment.GetValueOrDefault(dimension, fallback);
}
