using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>The measurements of one round. Rules over the same attempts share one read.</summary>
internal sealed class Readings(AlertInputs inputs)
{
    private const double Percent = 100;
    private const double PercentileAsked = 0.99;

    /// <summary>The limit for which storage counts exactly, in milliseconds.</summary>
    private const double CountedExactly = 60_000;

    private readonly Dictionary<AttemptQuestion, AttemptCounts> _attempts = [];

    /// <summary>Measures the metric of <paramref name="rule"/> for one app; attempts are counted from the start of the minute in which the window begins.</summary>
    public async Task<Measurement> MeasureAsync(AlertRule rule, string app, TimeWindow window, CancellationToken cancellationToken)
    {
        if (rule.Traits.IsOfDevices)
        {
            var queues = await inputs.CountQueuesAsync(app, rule.Environment, rule.DepthOver, window.From, cancellationToken);
            return new Measurement(window, 0, queues.Devices, queues.Over, queues.Devices == 0 ? null : Percent * queues.Over / queues.Devices);
        }

        // Rollups are minutes: the first is counted whole, the present one as far as it has come.
        var counted = window with { From = MinuteOf(window.From) };
        var question = new AttemptQuestion(app, rule.Environment, counted.From, MinuteOf(window.To).AddMinutes(1), rule.Clock == RuleClock.Arrival);
        if (!_attempts.TryGetValue(question, out var counts))
            _attempts.Add(question, counts = await inputs.CountAttemptsAsync(question, cancellationToken));
        return new Measurement(counted, counts.Attempts, counts.Devices, OffendingOf(rule, counts), counts.Attempts == 0 ? null : ValueOf(rule, counts));
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));

    private static double? ValueOf(AlertRule rule, AttemptCounts counts) => rule.Metric switch
    {
        RuleMetric.SuccessRate => Percent * counts.Successes / counts.Attempts,
        RuleMetric.DurationP99 => counts.Durations.Percentile(PercentileAsked),
        _ => Percent * counts.Conflicts / counts.Attempts,
    };

    private static long OffendingOf(AlertRule rule, AttemptCounts counts) => rule.Metric switch
    {
        RuleMetric.SuccessRate => counts.Attempts - counts.Successes,
        RuleMetric.DurationP99 => rule.Limit == CountedExactly ? counts.OverAMinute : CountSlower(counts, rule.Limit),
        _ => counts.Conflicts,
    };

    private static long CountSlower(AttemptCounts counts, double limit) =>
        counts.Durations.Buckets.Where(bucket => Storage.Vitals.DurationSketch.ValueOf(bucket.Bucket) > limit).Sum(bucket => bucket.Count);
}
