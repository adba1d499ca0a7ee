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
    public Task SaveAsync(string app, Evaluated evaluated, long version, DateTimeOffset now, CancellationToken cancellationToken) =>
        SaveAsync(app, evaluated.Rule, evaluated.Key, evaluated.Step, evaluated.Finding, version, now, cancellationToken);

    /// <summary>Saves the end of an alert whose rule is gone.</summary>
    public Task SaveRemovalAsync(string app, AlertRule rule, InstanceKey key, Step step, long version, DateTimeOffset now, CancellationToken cancellationToken) =>
        SaveAsync(app, rule, key, step, null, version, now, cancellationToken);

    private async Task SaveAsync(
        string app, AlertRule rule, InstanceKey key, Step step, Finding? finding, long version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reached = Router.Reached(rule, setup.ConfiguredNames);
        if (key.Class == AlertClass.Late && finding is not null && LateNotice.IsTooOldToPage(finding.Measurement.Window, now))
            reached = [.. reached.Except(setup.Pagers)];
        var notices = step.Transition is null ? [] : Router.Notices(step.Transition, step.State, reached);
        var state = step.Transition is { Opens: true } ? step.State with { Told = reached } : step.State;
        var context = step.Transition is { Opens: true, Finding: { } cause } && notices.Count > 0
            ? await contexts.ReadAsync(rule, app, key, cause, now, cancellationToken)
            : null;
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
                EvaluatedAt = now,
                Transition = step.Transition is null ? null : Describe(rule, app, key, state, step.Transition, notices, context),
            },
            cancellationToken);
        if (saved && step.Transition is { } done)
            Log.AlertMoved(log, rule.Name, app, Wording.Of(done.From), Wording.Of(done.To), Wording.Of(done.Reason));
    }

    private TransitionSave Describe(
        AlertRule rule, string app, InstanceKey key, AlertState state, AlertTransition transition, IReadOnlyList<Notice> notices, MessageContext? context) => new(
        Wording.Of(transition.From),
        Wording.Of(transition.Reason),
        AlertJson.Write(transition.Finding),
        transition.Opens ? "trigger" : "resolve",
        AlertJson.Write(composer.Compose(rule, app, key, state, transition, context)),
        [.. notices.Select(notice => notice.Receiver)],
        transition.Opens ? transition.At + rule.GroupWait : transition.At,
        options.DeliveryClock.GetUtcNow());
}
