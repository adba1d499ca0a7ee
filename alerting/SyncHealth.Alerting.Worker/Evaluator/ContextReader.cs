using System.Data.Common;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Reads what surrounds a breach, once, when an incident begins.</summary>
internal sealed class ContextReader(AlertInputs inputs, ReleaseReadings releases, IVitalsReader vitals, ILogger<ContextReader> log)
{
    /// <summary>
    /// Incidents of one round whose context is read. Where a bad release opens hundreds of segments at once, the fleet's own alert comes first and says what
    /// they would, and ten questions more for each would hold up the pages.
    /// </summary>
    public const int MaxPerRound = 20;

    /// <summary>Dimensions in which a contributor is looked for.</summary>
    private static readonly string[] Dimensions = ["app_version", "os", "network"];

    private int _left = MaxPerRound;

    /// <summary>A round begins.</summary>
    public void Begin() => _left = MaxPerRound;

    /// <summary>The context of a finding; without any when it cannot be read, or when the round has read enough: an alert goes out all the same.</summary>
    public async Task<MessageContext> ReadAsync(AlertRule rule, string app, InstanceKey key, Finding finding, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (rule.Traits.Basis == MetricBasis.Releases)
            return MessageContext.None;                                                   // a verdict says itself where it got worse
        if (_left-- <= 0)
            return MessageContext.None;
        try
        {
            return await QueryAsync(rule with { Filter = [.. rule.Filter, .. key.Segment.Values.Select(pair => $"{pair.Key}:{pair.Value}")] }, app, finding, now, cancellationToken);
        }
        catch (DbException failure)
        {
            Log.ContextFailed(log, rule.Name, app, failure);
            return MessageContext.None;
        }
    }

    private async Task<MessageContext> QueryAsync(AlertRule rule, string app, Finding finding, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var readings = new StoredReadings(inputs, releases, now);
        var window = finding.Measurement.Window;
        var limit = finding.Limits?.Breach ?? rule.Limit;
        var parts = await PartsAsync(rule, app, window, readings, limit, cancellationToken);
        var isOfAttempts = rule.Traits.Basis == MetricBasis.Attempts;
        return new MessageContext
        {
            Parts = parts,
            PartsLastWeek = isOfAttempts ? await PartsAsync(rule, app, WeekBefore(window), readings, limit, cancellationToken) : [],
            Completeness = isOfAttempts ? await CompletenessAsync(rule, app, window, now, cancellationToken) : null,
            LastWeek = isOfAttempts ? await LastWeekAsync(rule with { By = [] }, app, window, readings, limit, cancellationToken) : null,
            ErrorKinds = rule.Metric is RuleMetric.SuccessRate or RuleMetric.FirstTryRate
                ? await inputs.CountErrorKindsAsync(readings.QuestionOf(rule, app, window), cancellationToken)
                : new Dictionary<string, long>(),
        };
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
