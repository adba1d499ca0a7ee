using System.Text.Json;
using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Saves what an evaluation came to: state, transition and notifications in one transaction.</summary>
internal sealed class AlertSaving(
    SetupInForce setup, AlertRouting routing, AlertStore store, AlertMemory memory, ContextReader contexts, MessageComposer composer, AlertingOptions options, ILogger<AlertSaving> log)
{
    /// <summary>Saves an evaluation.</summary>
    /// <param name="app">The app.</param>
    /// <param name="evaluated">What it came to.</param>
    /// <param name="mute">Why messages are held back; null when they are not.</param>
    /// <param name="known">The alert as it was read; null for one never saved.</param>
    /// <param name="now">The round's moment.</param>
    /// <param name="quiet">Takes what moved nothing and tells nobody, to be saved together; null saves it at once.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <returns>The groups in which the alert is told.</returns>
    public async Task<IEnumerable<GroupEntry>> SaveAsync(
        string app, Evaluated evaluated, MuteReason? mute, KnownAlert? known, DateTimeOffset now, List<AlertSave>? quiet, CancellationToken cancellationToken)
    {
        var (rule, key, finding) = (evaluated.Rule, evaluated.Key, evaluated.Finding);
        var reach = routing.ReachOf(rule, app, key, finding, now);
        await SaveAsync(app, rule, key, evaluated.Step, finding, reach, mute, known, now, quiet, cancellationToken);
        return routing.GroupsOf(rule, app, key, evaluated.Step.State, finding, mute, known?.AcknowledgedBy, reach);
    }

    /// <summary>Saves the end of an alert whose rule is gone.</summary>
    public Task SaveRemovalAsync(AlertRule rule, Step step, KnownAlert known, DateTimeOffset now, CancellationToken cancellationToken) =>
        SaveAsync(known.App, rule, known.Key, step, null, new Reach([]), null, known, now, null, cancellationToken);

    /// <summary>Saves together what moved nothing and tells nobody: segments never seen before, and alerts that go on.</summary>
    public async Task SaveQuietAsync(string rule, IReadOnlyList<AlertSave> quiet, CancellationToken cancellationToken)
    {
        if (quiet.Count > 0 && !await store.SaveAsync(quiet, cancellationToken))
            memory.Doubt(rule);
    }

    private async Task SaveAsync(
        string app, AlertRule rule, InstanceKey key, Step step, Finding? finding, Reach reach, MuteReason? mute, KnownAlert? known, DateTimeOffset now,
        List<AlertSave>? quiet, CancellationToken cancellationToken)
    {
        var routed = Router.Route(rule, step, reach.Now, mute, finding, now, reach.Later);
        var acknowledged = AcknowledgedBy(routed, known);
        var state = acknowledged is null ? routed.State : routed.State with { AcknowledgedEpisode = routed.State.Episode };
        var save = Describe(app, rule, key, state, finding, reach, now) with
        {
            Version = known?.Version ?? 0,
            Muted = routed.Mute is { } reason ? Wording.Of(reason) : null,
            Transition = step.Transition is { } transition
                ? new TransitionSave(Wording.Of(transition.From), Wording.Of(transition.Reason), AlertJson.Write(transition.Finding))
                : null,
            Notices = acknowledged is null
                ? await DescribeAsync(rule, app, key, routed, reach, cancellationToken)
                : DescribeAcknowledgement(rule, app, key, routed.State, finding, acknowledged, now),
        };
        if (quiet is not null && save is { Transition: null, Notices: null })
            quiet.Add(save);
        else if (!await store.SaveAsync(save, cancellationToken))
            memory.Doubt(rule.Name);
        else if (step.Transition is { } done)
            Log.AlertMoved(log, rule.Name, app, Wording.Of(done.From), Wording.Of(done.To), Wording.Of(done.Reason));
    }

    private static AlertSave Describe(string app, AlertRule rule, InstanceKey key, AlertState state, Finding? finding, Reach reach, DateTimeOffset now) => new()
    {
        Rule = rule.Name,
        App = app,
        Segment = key.Segment.Values,
        Class = Wording.Of(key.Class),
        Version = 0,
        StateJson = AlertJson.Write(new RememberedAlert(state, AlertJson.Write(rule))),
        Severity = Wording.Of(rule.Severity),
        Status = Wording.Of(state.Status),
        Since = state.Since,
        Episode = state.Episode,
        Sequence = state.Sequence,
        Value = finding is null or { Verdict: Verdict.NoEvidence } ? null : finding.Measurement.Value,
        Threshold = finding?.Limits?.Breach ?? rule.Limit,
        Unit = rule.Traits.Unit,
        Attempts = finding?.Measurement.Attempts ?? 0,
        Devices = finding?.Measurement.Devices ?? 0,
        Labels = AlertLabels.Of(rule, app, key),
        GoesToJson = JsonSerializer.Serialize(AlertRouting.Describe(rule, app, key, reach), JsonSerializerOptions.Web),
        EvaluatedAt = now,
    };

    /// <summary>Who is on the incident, where receivers that were told of it have not heard so yet; what a transition says goes before.</summary>
    private static string? AcknowledgedBy(Routed routed, KnownAlert? known) =>
        routed is { Subject: null, State: { IsOpen: true, Told.Count: > 0 } state } && state.AcknowledgedEpisode < state.Episode ? known?.AcknowledgedBy : null;

    private NoticeSave DescribeAcknowledgement(AlertRule rule, string app, InstanceKey key, AlertState state, Finding? finding, string by, DateTimeOffset now)
    {
        var opening = new AlertTransition(state.Sequence, state.Episode, AlertStatus.Inactive, AlertStatus.Firing, now, TransitionReason.Breach, finding);
        var message = composer.Compose(rule, app, key, state, opening) with { Kind = NoticeKind.Acknowledge, AcknowledgedBy = by };
        return new NoticeSave(
            state.Episode, Wording.Of(NoticeKind.Acknowledge), AlertJson.Write(message), [.. state.Told.Where(setup.Current.HearingAcknowledgements.Contains)], now, options.DeliveryClock.GetUtcNow());
    }

    private async Task<NoticeSave?> DescribeAsync(AlertRule rule, string app, InstanceKey key, Routed routed, Reach reach, CancellationToken cancellationToken)
    {
        if (routed.Subject is not { } subject || routed.Notices.Count == 0)
            return null;
        var context = subject switch
        {
            { Opens: true, Finding: { } cause } => await contexts.ReadAsync(rule, app, key, cause, subject.At, cancellationToken),
            { Closes: true } => await contexts.ReadEndAsync(rule, app, key, routed.Incident.FiredAt ?? subject.At, subject.At, cancellationToken),
            _ => null,
        };
        return new NoticeSave(
            routed.Incident.Episode,
            subject.Opens ? "trigger" : "resolve",
            AlertJson.Write(composer.Compose(rule, app, key, routed.Incident, subject, context)),
            [.. routed.Notices.Select(notice => notice.Receiver)],
            subject.At,
            options.DeliveryClock.GetUtcNow())
        {
            VisibleAtEach = [.. routed.Notices.Select(notice => subject.Opens ? subject.At + reach.WaitOf(notice.Receiver, rule.GroupWait) : subject.At)],
        };
    }
}
