using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Messages;

/// <summary>Puts together what is said of a group of alerts.</summary>
public static class GroupComposer
{
    /// <summary>Class of a group's message.</summary>
    public const string Class = "group";

    /// <summary>The message of a step.</summary>
    /// <param name="key">Which group.</param>
    /// <param name="before">The group before the step.</param>
    /// <param name="step">What happened.</param>
    /// <param name="links">Where dashboard and runbooks are.</param>
    /// <param name="now">The round's moment.</param>
    public static AlertMessage Compose(GroupKey key, GroupState before, GroupStep step, MessageLinks links, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(links);
        var since = step.State.OpenedAt ?? now;
        var worst = step.Members.Select(member => member.Severity).Concat(before.Shown.Values).DefaultIfEmpty(AlertSeverity.Warning).Min();
        return new AlertMessage
        {
            Kind = step.Kind ?? throw new ArgumentException("The step says nothing.", nameof(step)),
            IncidentKey = IncidentKey.Of($"{Class}/{key.Route}", key.App, key.Labels.Values, since),
            Rule = key.Route,
            Class = Class,
            App = key.App,
            Environment = key.Labels.Values.GetValueOrDefault(AlertLabels.Environment, ""),
            Segment = key.Labels.Without(AlertLabels.App).Values,
            Severity = Wording.Of(worst),
            Title = "alerts",
            Unit = "count",
            Value = step.Members.Count,
            Limit = 0,
            Clock = Wording.Of(RuleClock.Arrival),
            Since = since,
            At = now,
            Reason = step.Kind == NoticeKind.Resolve ? "recovered" : "breach",
            Members = [.. step.Members.Select(member => new MessageMember(member.Rule, member.App, Wording.Of(member.Severity), member.Text, member.Since))],
            Ended = step.Ended,
            AcknowledgedBy = step.Kind == NoticeKind.Acknowledge ? step.State.AcknowledgedBy : null,
            DashboardUrl = links.Alerts(key.App == GroupKey.AllApps ? null : key.App),
        };
    }
}
