using System.Data.Common;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Reads what surrounds a breach, once, when an incident begins, and what it came to, once, when it ends.</summary>
internal sealed class ContextReader(AlertInputs inputs, ReleaseReadings releases, IVitalsReader vitals, ILogger<ContextReader> log)
{
    /// <summary>
    /// Incidents of one round, beginning or ending, whose context is read. Where a bad release opens hundreds of segments at once, the fleet's own alert comes first and says what
    /// they would, and ten questions more for each would hold up the pages.
    /// </summary>
    public const int MaxPerRound = 20;

    /// <summary>Dimensions in which a contributor is looked for.</summary>
    private static readonly string[] Dimensions = [Release, "os", "network"];

    private const string Release = "app_version";

    /// <summary>How much of an incident is counted at its end: its devices are counted from raw events, and a week of them takes long.</summary>
    private static readonly TimeSpan Counted = TimeSpan.FromHours(24);

    private int _left = MaxPerRound;

    /// <summary>A round begins.</summary>
    public void Begin() => _left = MaxPerRound;

    /// <summary>The context of a finding; without any when it cannot be read, or when the round has read enough: an alert goes out all the same.</summary>
    public async Task<MessageContext> ReadAsync(AlertRule rule, string app, InstanceKey key, Finding finding, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (rule.Traits.Basis == MetricBasis.Releases)
            return MessageContext.None;                                                   // a verdict says itself where it got worse
        return await GuardAsync(rule, app, () => QueryAsync(Within(rule, key), app, key, finding, now, cancellationToken));
    }

    /// <summary>How many devices an incident concerned, from the window that began it to its end; without that where it is no matter of attempts, or cannot be read.</summary>
    public async Task<MessageContext> ReadEndAsync(AlertRule rule, string app, InstanceKey key, DateTimeOffset firedAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // How slow was too slow, where the limit moved, is not known any more.
        if (rule.Traits.Basis != MetricBasis.Attempts || key.Class != AlertClass.Threshold || rule is { Comparison: not null, Traits.Quantile: not null })
            return MessageContext.None;
        return await GuardAsync(rule, app, async () =>
        {
            var (from, earliest) = (firedAt - rule.Window, now - Counted);
            var question = new StoredReadings(inputs, releases, now).QuestionOf(Within(rule, key), app, new TimeWindow(from > earliest ? from : earliest, now));
            var devices = await inputs.CountAffectedDevicesAsync(question, BadOf(rule), SlowerThanOf(rule), cancellationToken);
            return new MessageContext { Affected = new AffectedDevices(devices, from > earliest ? null : Counted) };
        });
    }

    private static AlertRule Within(AlertRule rule, InstanceKey key) => rule with { Filter = [.. rule.Filter, .. key.Segment.Values.Select(pair => $"{pair.Key}:{pair.Value}")] };

    private async Task<MessageContext> GuardAsync(AlertRule rule, string app, Func<Task<MessageContext>> read)
    {
        if (_left-- <= 0)
            return MessageContext.None;
        try
        {
            return await read();
        }
        catch (DbException failure)
        {
            Log.ContextFailed(log, rule.Name, app, failure);
            return MessageContext.None;
        }
    }

    private static BadAttempt BadOf(AlertRule rule) => rule.Metric switch
    {
        RuleMetric.SuccessRate => BadAttempt.Failed,
        RuleMetric.FirstTryRate => BadAttempt.NotFirstTry,
        RuleMetric.ConflictRate or RuleMetric.ConflictedShare => BadAttempt.Conflicted,
        _ => BadAttempt.Slow,
    };

    private static double SlowerThanOf(AlertRule rule) => rule.Metric == RuleMetric.SlowShare ? rule.Age.TotalMilliseconds : rule.Limit;

    private async Task<MessageContext> QueryAsync(AlertRule rule, string app, InstanceKey key, Finding finding, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var readings = new StoredReadings(inputs, releases, now);
        var window = finding.Measurement.Window;
        var limit = finding.Limits?.Breach ?? rule.Limit;
        var parts = await PartsAsync(rule, app, window, readings, limit, cancellationToken);
        var isOfAttempts = rule.Traits.Basis == MetricBasis.Attempts;
        var context = new MessageContext
        {
            Parts = parts,
            PartsLastWeek = isOfAttempts ? await PartsAsync(rule, app, WeekBefore(window), readings, limit, cancellationToken) : [],
            Completeness = isOfAttempts ? await CompletenessAsync(rule, app, window, now, cancellationToken) : null,
            LastWeek = isOfAttempts ? await LastWeekAsync(rule with { By = [] }, app, window, readings, limit, cancellationToken) : null,
            Errors = rule.Metric is RuleMetric.SuccessRate or RuleMetric.FirstTryRate
                ? [.. (await inputs.CountErrorsAsync(readings.QuestionOf(rule, app, window), cancellationToken)).Select(error => new ContextError(error.Kind, error.Code, error.Failures))]
                : [],
        };
        return (key.Segment.Values.GetValueOrDefault(Release) ?? context.ReleaseInRollout) is { } release
            ? context with { Verdict = await releases.ReadOneAsync(app, rule.Environment, release, now, cancellationToken) }
            : context;
    }

    private static async Task<IReadOnlyList<ContextPart>> PartsAsync(
        AlertRule rule, string app, TimeWindow window, StoredReadings readings, double limit, CancellationToken cancellationToken)
    {
        var parts = new List<ContextPart>();
        foreach (var dimension in Dimensions.Except(rule.By))
            foreach (var (segment, reading) in await readings.ReadAsync(rule with { By = [dimension] }, app, window, cancellationToken))
                parts.Add(new ContextPart(dimension, segment.Values[dimension], reading(limit)));
        return parts;
    }

    /// <summary>As every page says it: of the window, from what was learned of the app.</summary>
    private async Task<double?> CompletenessAsync(AlertRule rule, string app, TimeWindow window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = new VitalsQuery { App = app, From = window.From, To = window.To, Now = now, Parts = VitalsParts.None, Filters = [new DimensionFilter(AlertLabels.Environment, rule.Environment)] };
        return await vitals.ReadAsync(query, cancellationToken) is { Groups: [{ Points: [var point, ..] }, ..] } ? point.Completeness : null;
    }

    private static async Task<Measurement?> LastWeekAsync(
        AlertRule rule, string app, TimeWindow window, StoredReadings readings, double limit, CancellationToken cancellationToken) =>
        (await readings.ReadAsync(rule, app, WeekBefore(window), cancellationToken)).GetValueOrDefault(SegmentKey.Fleet)?.Invoke(limit);

    private static TimeWindow WeekBefore(TimeWindow window) => new(window.From.AddDays(-7), window.To.AddDays(-7));
}
