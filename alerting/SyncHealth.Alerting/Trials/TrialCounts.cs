using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Trials;

/// <summary>What the minutes of a trial count.</summary>
internal static class TrialCounts
{
    private const double Percent = 100;

    public static Measurement OfAttempts(AlertRule rule, TimeWindow window, IReadOnlyList<TrialFact> facts, double limit)
    {
        var ignored = facts.Sum(fact => IgnoredOf(rule, fact));
        var attempts = facts.Sum(fact => (long)fact.Attempts) - ignored;
        var devices = facts.GroupBy(fact => new SegmentKey(fact.Series.Segment)).Sum(segment => (long)segment.Max(fact => fact.Series.Devices));
        var (offending, value) = rule.Metric switch
        {
            RuleMetric.SuccessRate => Rate(attempts, attempts - facts.Sum(fact => (long)fact.Successes)),
            RuleMetric.FirstTryRate => Rate(attempts, attempts - facts.Sum(fact => (long)fact.FirstTry)),
            RuleMetric.ConflictRate or RuleMetric.ConflictedShare => Share(attempts, facts.Sum(fact => (long)fact.Conflicted)),
            RuleMetric.SlowShare => Share(attempts, CountSlower(facts, rule.Age.TotalMilliseconds)),
            _ => rule.Traits.Quantile is { } quantile ? (CountSlower(facts, limit), PercentileOf(facts, quantile)) : (0, attempts),
        };
        return new Measurement(window, attempts, devices, offending, attempts == 0 && rule.Traits.Basis != MetricBasis.Count ? null : value);
    }

    /// <summary>A share of devices by their last report inside the window.</summary>
    public static Measurement OfDevices(AlertRule rule, TimeWindow window, IReadOnlyList<TrialFact> facts)
    {
        long devices = 0, offending = 0;
        foreach (var segment in facts.Where(fact => !rule.ExcludesOffline || fact.Series.Segment.GetValueOrDefault("network") != "none").GroupBy(fact => new SegmentKey(fact.Series.Segment)))
        {
            var known = segment.Max(fact => fact.Series.Devices);
            devices += known;
            offending += Enumerable.Range(0, known).Count(device => IsOffending(rule, window, device, segment));
        }

        var shown = rule.Metric == RuleMetric.FreshnessShare ? devices - offending : offending;
        return new Measurement(window, 0, devices, offending, devices == 0 ? null : Percent * shown / devices);
    }

    /// <summary>What detectors would say of the devices that reported inside the window.</summary>
    public static Measurement OfDetector(AlertRule rule, TimeWindow window, IReadOnlyList<TrialFact> facts)
    {
        var segments = facts.GroupBy(fact => new SegmentKey(fact.Series.Segment))
            .Select(segment => (Devices: (long)segment.Max(fact => fact.Series.Devices), segment.MaxBy(fact => fact.At)!.Series)).ToArray();
        var devices = segments.Sum(segment => segment.Devices);
        var offending = segments.Sum(segment => Math.Min(NamedOf(rule, segment.Series, segment.Devices), segment.Devices));
        var value = PercentOf(rule) is { } percent
            ? segments.Sum(segment => segment.Devices * percent(segment.Series)) / Math.Max(1, devices)
            : Percent * offending / Math.Max(1, devices);
        return new Measurement(window, 0, devices, offending, devices == 0 ? null : value);
    }

    private static long NamedOf(AlertRule rule, TrialSeries series, long devices) => rule.Metric switch
    {
        RuleMetric.StuckShare => series.Stuck,
        RuleMetric.PoisonShare => series.Poisoned,
        RuleMetric.ResetLossShare => series.ResetLoss,
        RuleMetric.ClockOffShare => series.ClockOff,
        _ => PercentOf(rule)?.Invoke(series) > 0 ? devices : 0,
    };

    private static Func<TrialSeries, double>? PercentOf(AlertRule rule) => rule.Metric switch
    {
        RuleMetric.ReuploadRatio => series => series.Resent,
        RuleMetric.TelemetryLoss => series => series.Missing,
        _ => null,
    };

    private static bool IsOffending(AlertRule rule, TimeWindow window, int device, IEnumerable<TrialFact> facts)
    {
        var own = facts.Where(fact => device < fact.Series.Devices).ToArray();
        var latest = own.MaxBy(fact => fact.At)!;
        return rule.Metric switch
        {
            RuleMetric.QueueDepthShare => device < (latest.Series.Deep ?? int.MaxValue) && latest.Series.Queue > rule.DepthOver,
            RuleMetric.SilentShare => latest.At < window.To - rule.Age,
            _ => own.Where(fact => device < fact.SyncedDevices).Select(fact => fact.At).DefaultIfEmpty(own.Min(fact => fact.At)).Max() < window.To - rule.Age,
        };
    }

    private static (long, double) Rate(long attempts, long bad) => (bad, attempts == 0 ? 0 : Percent * (attempts - bad) / attempts);

    private static (long, double) Share(long attempts, long bad) => (bad, attempts == 0 ? 0 : Percent * bad / attempts);

    private static long IgnoredOf(AlertRule rule, TrialFact fact) =>
        rule.IgnoreErrors.Contains(fact.Series.Error) ? fact.Attempts - fact.Successes : 0;

    private static long CountSlower(IEnumerable<TrialFact> facts, double limit) => facts.Sum(fact =>
        (fact.Series.SlowMs > limit ? (long)fact.Slow : 0) + (fact.Series.DurationMs > limit ? fact.Attempts - fact.Slow : 0));

    private static double PercentileOf(IReadOnlyList<TrialFact> facts, double quantile)
    {
        var counted = facts.SelectMany(fact => new[] { (Ms: fact.Series.SlowMs, Count: (long)fact.Slow), (Ms: fact.Series.DurationMs, Count: fact.Attempts - fact.Slow) })
            .OrderBy(pair => pair.Ms).ToArray();
        var rank = (long)Math.Ceiling((decimal)quantile * counted.Sum(pair => pair.Count));
        foreach (var (ms, count) in counted)
            if ((rank -= count) <= 0)
                return ms;
        return 0;
    }
}
