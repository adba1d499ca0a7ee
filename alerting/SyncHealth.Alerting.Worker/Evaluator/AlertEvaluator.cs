using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Evaluates every rule for every app it holds for, and saves what came of it. Two evaluators may run: of a state, one saves, the other's work is dropped.</summary>
internal sealed class AlertEvaluator(
    AlertingSetup setup, AlertInputs inputs, AlertStore store, AlertOutbox outbox, MessageComposer composer,
    TimeProvider clock, AlertingOptions options, ILogger<AlertEvaluator> log)
{
    /// <summary>How long a notification is tried: a page a day old helps nobody.</summary>
    public static readonly TimeSpan MaxNotificationAge = TimeSpan.FromHours(24);

    private static readonly IReadOnlyDictionary<string, string> FleetWide = new Dictionary<string, string>();

    /// <summary>Makes the loaded rules known to readers in other processes.</summary>
    public Task PublishRulesAsync(CancellationToken cancellationToken) => store.ReplaceRulesAsync(
        [.. setup.Rules.Select(rule => new RuleSave(rule.Name, Wording.Of(rule.Severity), AlertJson.Write(rule), Router.Reached(rule, setup.ConfiguredNames)))],
        clock.GetUtcNow(), cancellationToken);

    /// <summary>One round over all rules and apps, at one moment of the shared clock. An instance that fails is logged and costs the others nothing.</summary>
    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var stored = (await store.LoadAsync(cancellationToken)).ToDictionary(alert => (alert.Rule, alert.App));
        var apps = await inputs.ListAppsAsync(cancellationToken);
        var readings = new Readings(inputs);
        foreach (var rule in setup.Rules)
            foreach (var app in apps.Where(app => rule.App is null || rule.App == app))
            {
                stored.Remove((rule.Name, app), out var alert);
                await GuardAsync(rule.Name, app, () => EvaluateAsync(rule, app, alert, readings, now, cancellationToken), cancellationToken);
            }

        foreach (var orphan in stored.Values)
            await GuardAsync(orphan.Rule, orphan.App, () => RemoveAsync(orphan, now, cancellationToken), cancellationToken);
        if (await outbox.ExpireAsync(options.DeliveryClock.GetUtcNow(), MaxNotificationAge, cancellationToken) is > 0 and var expired)
            Log.NotificationsExpired(log, expired);
    }

    private async Task GuardAsync(string rule, string app, Func<Task> evaluate, CancellationToken cancellationToken)
    {
        try
        {
            await evaluate();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.EvaluationFailed(log, rule, app, failure);
        }
    }

    private async Task EvaluateAsync(
        AlertRule rule, string app, StoredAlert? alert, Readings readings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = alert is null ? AlertState.New(now) : AlertJson.Read<RememberedAlert>(alert.StateJson).State;
        var finding = await FindAsync(rule, app, state, readings, now, cancellationToken);
        var step = AlertMachine.Next(rule, state, finding, now);
        await SaveAsync(rule, app, alert?.Version ?? 0, step, finding, now, cancellationToken);
    }

    private static async Task<Finding> FindAsync(
        AlertRule rule, string app, AlertState state, Readings readings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Finding? first = null;
        foreach (var window in WindowPlan.For(rule, state, now))
        {
            var measurement = await readings.MeasureAsync(rule, app, window, cancellationToken);
            var finding = new Finding(Judge.Of(rule, state, measurement), measurement);
            if (finding.Verdict != Verdict.NoEvidence)
                return finding;
            first ??= finding;
        }

        return first!;
    }

    private async Task RemoveAsync(StoredAlert orphan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var remembered = AlertJson.Read<RememberedAlert>(orphan.StateJson);
        var step = AlertMachine.Remove(remembered.State, now);
        if (step.Transition is not null)
            await SaveAsync(AlertJson.Read<AlertRule>(remembered.Rule), orphan.App, orphan.Version, step, null, now, cancellationToken);
    }

    private async Task SaveAsync(
        AlertRule rule, string app, long version, Step step, Finding? finding, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reached = Router.Reached(rule, setup.ConfiguredNames);
        var notices = step.Transition is null ? [] : Router.Notices(step.Transition, step.State, reached);
        var state = step.Transition is { Opens: true } ? step.State with { Told = reached } : step.State;
        var saved = await store.SaveAsync(
            new AlertSave
            {
                Rule = rule.Name,
                App = app,
                Segment = FleetWide,
                Version = version,
                StateJson = AlertJson.Write(new RememberedAlert(state, AlertJson.Write(rule))),
                Severity = Wording.Of(rule.Severity),
                Status = Wording.Of(state.Status),
                Since = state.Since,
                Episode = state.Episode,
                Sequence = state.Sequence,
                Value = finding is null or { Verdict: Verdict.NoEvidence } ? null : finding.Measurement.Value,
                Threshold = rule.Limit,
                Unit = rule.Traits.Unit,
                Attempts = finding?.Measurement.Attempts ?? 0,
                Devices = finding?.Measurement.Devices ?? 0,
                EvaluatedAt = now,
                Transition = step.Transition is null ? null : Describe(rule, app, state, step.Transition, notices),
            },
            cancellationToken);
        if (saved && step.Transition is { } done)
            Log.AlertMoved(log, rule.Name, app, Wording.Of(done.From), Wording.Of(done.To), Wording.Of(done.Reason));
    }

    private TransitionSave Describe(AlertRule rule, string app, AlertState state, AlertTransition transition, IReadOnlyList<Notice> notices) => new(
        Wording.Of(transition.From),
        Wording.Of(transition.Reason),
        AlertJson.Write(transition.Finding),
        transition.Opens ? "trigger" : "resolve",
        AlertJson.Write(composer.Compose(rule, app, state, transition)),
        [.. notices.Select(notice => notice.Receiver)],
        transition.Opens ? transition.At + rule.GroupWait : transition.At,
        options.DeliveryClock.GetUtcNow());
}
