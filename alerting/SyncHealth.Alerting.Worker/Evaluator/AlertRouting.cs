using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Asks the routing tree where alerts go.</summary>
internal sealed class AlertRouting(SetupInForce setup, MessageComposer composer)
{
    /// <summary>Whom an alert reaches at a moment. One that late data showed too late to page for leaves pagers out.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="app">Its app.</param>
    /// <param name="key">Which instance.</param>
    /// <param name="finding">What the evaluation saw; null where there was none.</param>
    /// <param name="now">The moment.</param>
    public Reach ReachOf(AlertRule rule, string app, InstanceKey key, Finding? finding, DateTimeOffset now)
    {
        // It goes where the platform's configuration says.
        if (key.IsOfThePlatform)
            return Reach.Directly([.. rule.Notify.Where(setup.Current.ConfiguredNames.Contains)]);
        var isTooOld = key.Class == AlertClass.Late && finding is not null && LateNotice.IsTooOldToPage(finding.Measurement.Window, now);
        return Reach.Of(setup.Current.Tree, AlertLabels.Of(rule, app, key), rule.Notify, name => setup.Current.ConfiguredNames.Contains(name) && !(isTooOld && setup.Current.Pagers.Contains(name)), now);
    }

    /// <summary>Configured receivers that alerts of a rule may reach, whatever their segment.</summary>
    public IReadOnlyList<string> ReceiversOf(AlertRule rule)
    {
        var known = AlertLabels.Of(rule);
        return [.. setup.Current.Tree.FindAny(known, IsOpen, rule.Notify).SelectMany(destination => destination.Receivers).Distinct().Where(setup.Current.ConfiguredNames.Contains)];

        bool IsOpen(string label) => label is AlertLabels.App or AlertLabels.Class || rule.By.Contains(label);
    }

    /// <summary>The groups that an open alert belongs to.</summary>
    public IEnumerable<GroupEntry> GroupsOf(AlertRule rule, string app, InstanceKey key, AlertState state, Finding? finding, MuteReason? mute, string? acknowledgedBy, Reach reach)
    {
        if (!state.IsOpen || !reach.Legs.Any(IsToldTogether))
            return [];
        var opening = new AlertTransition(state.Sequence, state.Episode, AlertStatus.Inactive, AlertStatus.Firing, state.FiredAt ?? state.Since, TransitionReason.Breach, finding);
        var message = composer.Compose(rule, app, key, state, opening);
        var member = new GroupMember(message.IncidentKey, app, rule.Name, rule.Severity, Headline.Short(message), message.Since, mute is not null) { AcknowledgedBy = acknowledgedBy };
        var labels = AlertLabels.Of(rule, app, key);
        return reach.Legs.Where(IsToldTogether).Select(leg => new GroupEntry(GroupKey.Of(leg.Destination, labels), leg, member, leg.Destination.GroupWait ?? rule.GroupWait));
    }

    /// <summary>Where an alert goes, for readers.</summary>
    public static IReadOnlyList<AlertDestination> Describe(AlertRule rule, string app, InstanceKey key, Reach reach)
    {
        var labels = AlertLabels.Of(rule, app, key);
        return [.. reach.Legs.Select(leg => new AlertDestination(
            leg.Destination.Path, leg.Receivers, leg.IsGrouped ? GroupKey.Of(leg.Destination, labels).Labels.Values : null, leg.Hold?.Interval, leg.Hold?.Until,
            leg.Receivers.Count == 0 ? new Reach([leg]).WhyNobody : null))];
    }

    private static bool IsToldTogether(ReachLeg leg) => leg is { IsGrouped: true, Receivers.Count: > 0 };
}
