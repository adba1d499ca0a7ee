using System.Globalization;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Statistics.Verdicts;

namespace SyncHealth.Alerting.Messages;

/// <summary>
/// Puts together what a transition has to say. A part that cannot be put into words is left out, named in a note, and costs the message nothing
/// else: a message is composed within the evaluation that found the breach, which must not fail for its wording.
/// </summary>
/// <param name="links">Where dashboard and runbooks are.</param>
/// <param name="onFailure">Hears of each part that was left out; null for nobody.</param>
public sealed class MessageComposer(MessageLinks links, Action<Exception>? onFailure = null)
{
    private const double Percent = 100;

    /// <summary>The message about <paramref name="transition"/>.</summary>
    public AlertMessage Compose(AlertRule rule, string app, InstanceKey key, AlertState state, AlertTransition transition, MessageContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(transition);
        var (finding, measurement) = (transition.Finding, transition.Finding?.Measurement);
        var since = state.FiredAt ?? transition.At;
        var parts = new WordedParts(onFailure);
        var message = new AlertMessage
        {
            Kind = transition.Opens ? NoticeKind.Trigger : NoticeKind.Resolve,
            IncidentKey = IncidentKey.Of(key.Class == AlertClass.Threshold ? rule.Name : $"{rule.Name}/{Wording.Of(key.Class)}", app, key.Segment.Values, since),
            Rule = rule.Name,
            Class = Wording.Of(key.Class),
            App = app,
            Environment = rule.Environment,
            Segment = key.Segment.Values,
            Severity = Wording.Of(rule.Severity),
            Title = TitleOf(rule),
            Unit = rule.Traits.Unit,
            Value = measurement?.Value,
            Limit = finding?.Limits?.Breach ?? rule.Limit,
            IsBadBelow = rule.IsBadBelow,
            Bound = parts.Word("evidence", () => measurement is null || !transition.Opens ? null : BoundOf(rule, measurement, finding?.Limits ?? Limits.Of(rule))),
            ComparedWith = parts.Word("comparison", () => rule.Comparison is { } comparison && finding?.Baseline?.Value is { } baseline ? ComparedWith(rule, comparison, baseline) : null),
            Sentence = parts.Word("verdict", () => finding?.Release?.Sentence),
            Lines = finding?.Release is { } release ? ReleaseLines.Of(release) : [],
            DetectedLateBy = key.Class == AlertClass.Late && transition.Opens ? finding?.Lateness : null,
            Attempts = measurement?.Attempts ?? 0,
            Devices = measurement?.Devices ?? 0,
            WindowFrom = measurement?.Window.From,
            WindowTo = measurement?.Window.To,
            Clock = Wording.Of(rule.Traits.Basis == MetricBasis.Releases ? RuleClock.Event : rule.Clock),
            Since = since,
            At = transition.At,
            Worst = transition.Closes ? state.Worst : null,
            AffectedDevices = parts.Word("affected devices", () => transition.Closes ? AffectedOf(rule, state, context?.Affected) : null),
            Reason = Wording.Of(transition.Reason),
            LastWeek = context?.LastWeek?.Value,
            Completeness = context?.Completeness,
            AlertsUrl = parts.Word("alerts page", () => links.Alerts(key.IsOfThePlatform ? null : app)),
            TopContributor = parts.Word("top contributor", () => context is null ? null : Surroundings.TopContributor(rule, context)),
            Rollout = parts.Word("release in rollout", () => context is null ? null : Surroundings.Rollout(context)),
            RolloutVerdict = parts.Word("its verdict", () => context?.Verdict is { } verdict ? VerdictSentence.Of(verdict) : null),
            ErrorKinds = parts.Word("errors", () => context is null ? null : ErrorShares.ByKind(context.Errors)),
            ErrorCodes = parts.Word("error codes", () => context is null ? null : ErrorShares.ByCode(context.Errors)),
            DashboardUrl = parts.Word("dashboard", () => rule.Traits.Basis == MetricBasis.Releases ? links.Releases(app) : links.Dashboard(app, measurement?.Window, key.Segment)),
            RunbookUrl = parts.Word("runbook", () => rule.Runbook ?? links.Runbook(rule.Name)),
            Labels = rule.Labels,
        };
        return message with { Annotations = parts.Annotate(rule.Annotations) };
    }

    /// <summary>A metric of devices counts them itself; of attempts, they are counted when the incident ends.</summary>
    private static string? AffectedOf(AlertRule rule, AlertState state, AffectedDevices? counted)
    {
        if (rule.Traits.Basis is MetricBasis.Devices or MetricBasis.Expected)
            return state.MostOffending is { } most ? $"{Counted.Of(most, "device")} at once, at most" : null;
        return counted is null ? null : Counted.Of(counted.Devices, "device") + (counted.Within is { } within ? $" in its last {Quantity.Span(within)}" : "");
    }

    private static string TitleOf(AlertRule rule) => rule.Metric switch
    {
        RuleMetric.QueueDepthShare => $"devices with over {rule.DepthOver} queued items",
        RuleMetric.SlowShare => $"syncs slower than {Quantity.Chosen(rule.Age.TotalMilliseconds, "ms")}",
        RuleMetric.StalenessShare => $"devices without a sync for {Quantity.Span(rule.Age)}",
        RuleMetric.FreshnessShare => $"devices synced within {Quantity.Span(rule.Age)}",
        RuleMetric.SilentShare => $"devices silent for {Quantity.Span(rule.Age)}",
        _ => rule.Traits.Title,
    };

    private static string ComparedWith(AlertRule rule, RuleComparison comparison, double baseline)
    {
        var change = rule.Traits is { IsShare: true, Unit: "percent" } ? "points" : "%";
        var what = comparison.With == Rules.ComparedWith.LastWeek ? "the same time last week" : "the previous release";
        return string.Create(CultureInfo.InvariantCulture, $"{what}, {Quantity.Measured(baseline, rule.Traits.Unit, baseline)}; {comparison.By:0.####} {change} worse is the limit");
    }

    private static string? BoundOf(AlertRule rule, Measurement measurement, Limits limits)
    {
        var units = ShareBound.UnitsOf(rule, measurement);
        if (!rule.Traits.IsShare || units == 0 || measurement.Offending > units)
            return null;

        var confidence = Quantity.Chosen(rule.Confidence * Percent, "percent");
        var bad = ShareBound.Of(rule, measurement);
        if (rule.Traits.Quantile is not null)
            return $"{Shown(Percent * measurement.Offending / units)} of attempts took longer than {Quantity.Chosen(limits.Breach, "ms")}, at least {Shown(bad.Low * Percent)} with {confidence} confidence";
        return rule.IsBadBelow
            ? $"at most {Shown((1 - bad.Low) * Percent)} with {confidence} confidence"
            : $"at least {Shown(bad.Low * Percent)} with {confidence} confidence";
    }

    private static string Shown(double percent) => Quantity.Measured(percent, "percent", percent);
}
