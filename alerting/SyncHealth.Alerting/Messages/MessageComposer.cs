using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Statistics;

namespace SyncHealth.Alerting.Messages;

/// <summary>Puts together what a transition has to say.</summary>
/// <param name="links">Where dashboard and runbooks are.</param>
public sealed class MessageComposer(MessageLinks links)
{
    private const double Percent = 100;

    /// <summary>The message about <paramref name="transition"/>.</summary>
    public AlertMessage Compose(AlertRule rule, string app, AlertState state, AlertTransition transition)
    {
        var measurement = transition.Finding?.Measurement;
        var since = state.FiredAt ?? transition.At;
        return new AlertMessage
        {
            Kind = transition.Opens ? NoticeKind.Trigger : NoticeKind.Resolve,
            IncidentKey = IncidentKey.Of(rule.Name, app, new Dictionary<string, string>(), since),
            Rule = rule.Name,
            App = app,
            Environment = rule.Environment,
            Severity = Wording.Of(rule.Severity),
            Title = rule.Metric == RuleMetric.QueueDepthShare ? $"devices with over {rule.DepthOver} queued items" : rule.Traits.Title,
            Unit = rule.Traits.Unit,
            Value = measurement?.Value,
            Limit = rule.Limit,
            IsBadBelow = rule.Traits.IsBadBelow,
            Bound = measurement is null || !transition.Opens ? null : BoundOf(rule, measurement),
            Attempts = measurement?.Attempts ?? 0,
            Devices = measurement?.Devices ?? 0,
            WindowFrom = measurement?.Window.From,
            WindowTo = measurement?.Window.To,
            Clock = Wording.Of(rule.Clock),
            Since = since,
            At = transition.At,
            Worst = transition.Closes ? state.Worst : null,
            Reason = Wording.Of(transition.Reason),
            DashboardUrl = links.Dashboard(app, measurement?.Window),
            RunbookUrl = rule.Runbook ?? links.Runbook(rule.Name),
            Labels = rule.Labels,
            Annotations = rule.Annotations,
        };
    }

    private static string? BoundOf(AlertRule rule, Measurement measurement)
    {
        var confidence = Quantity.Chosen(rule.Confidence * Percent, "percent");
        var units = rule.Traits.IsOfDevices ? measurement.Devices : measurement.Attempts;
        if (rule.Metric == RuleMetric.ConflictRate || measurement.Offending > units)
            return null;

        var bad = WilsonInterval.OneSided(measurement.Offending, units, rule.Confidence);
        var share = Percent * measurement.Offending / units;
        return rule.Metric switch
        {
            RuleMetric.SuccessRate => $"at most {Shown((1 - bad.Low) * Percent)} with {confidence} confidence",
            RuleMetric.DurationP99 => $"{Shown(share)} of attempts took longer than {Quantity.Chosen(rule.Limit, "ms")}, at least {Shown(bad.Low * Percent)} with {confidence} confidence",
            _ => $"at least {Shown(bad.Low * Percent)} with {confidence} confidence",
        };
    }

    private static string Shown(double percent) => Quantity.Measured(percent, "percent", percent);
}
