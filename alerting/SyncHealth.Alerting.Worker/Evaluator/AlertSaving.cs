using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Saves what an evaluation came to: state, transition and notifications in one transaction.</summary>
internal sealed class AlertSaving(
    AlertingSetup setup, AlertStore store, ContextReader contexts, MessageComposer composer, AlertingOptions options, ILogger<AlertSaving> log)
{
    public Task SaveAsync(string app, Evaluated evaluated, MuteReason? mute, long version, DateTimeOffset now, CancellationToken cancellationToken) =>
        SaveAsync(app, evaluated.Rule, evaluated.Key, evaluated.Step, evaluated.Finding, mute, version, now, cancellationToken);

    /// <summary>Saves the end of an alert whose rule is gone.</summary>
    public Task SaveRemovalAsync(string app, AlertRule rule, InstanceKey key, Step step, long version, DateTimeOffset now, CancellationToken cancellationToken) =>
        SaveAsync(app, rule, key, step, null, null, version, now, cancellationToken);

    private async Task SaveAsync(
        string app, AlertRule rule, InstanceKey key, Step step, Finding? finding, MuteReason? mute, long version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var routed = Router.Route(rule, step, ReachedBy(rule, key, finding, now), mute, finding, now);
        var state = routed.State;
        var saved = await store.SaveAsync(
            new AlertSave
            {
                Rule = rule.Name,
                App = app,
                Segment = key.Segment.Values,
                Class = Wording.Of(key.Class),
                Version = version,
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
                Muted = routed.Mute is { } reason ? Wording.Of(reason) : null,
                EvaluatedAt = now,
                Transition = step.Transition is { } transition
                    ? new TransitionSave(Wording.Of(transition.From), Wording.Of(transition.Reason), AlertJson.Write(transition.Finding))
                    : null,
                Notices = await DescribeAsync(rule, app, key, routed, cancellationToken),
            },
            cancellationToken);
        if (saved && step.Transition is { } done)
            Log.AlertMoved(log, rule.Name, app, Wording.Of(done.From), Wording.Of(done.To), Wording.Of(done.Reason));
    }

    private IReadOnlyList<string> ReachedBy(AlertRule rule, InstanceKey key, Finding? finding, DateTimeOffset now)
    {
        var reached = Router.Reached(rule, setup.ConfiguredNames);
        return key.Class == AlertClass.Late && finding is not null && LateNotice.IsTooOldToPage(finding.Measurement.Window, now)
            ? [.. reached.Except(setup.Pagers)]
            : reached;
    }

    private async Task<NoticeSave?> DescribeAsync(AlertRule rule, string app, InstanceKey key, Routed routed, CancellationToken cancellationToken)
    {
        if (routed.Subject is not { } subject || routed.Notices.Count == 0)
            return null;
        var context = subject is { Opens: true, Finding: { } cause }
            ? await contexts.ReadAsync(rule, app, key, cause, subject.At, cancellationToken)
            : null;
        return new NoticeSave(
            routed.Incident.Episode,
            subject.Opens ? "trigger" : "resolve",
            AlertJson.Write(composer.Compose(rule, app, key, routed.Incident, subject, context)),
            [.. routed.Notices.Select(notice => notice.Receiver)],
            subject.Opens ? subject.At + rule.GroupWait : subject.At,
            options.DeliveryClock.GetUtcNow());
    }
}
