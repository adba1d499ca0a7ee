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
    AlertingSetup setup, AlertInputs inputs, AlertStore store, AlertOutbox outbox, SilenceStore silences, AlertSaving saving, AlertRouting routing, GroupTelling groups,
    ReleaseReadings releases, TimeProvider clock, AlertingOptions options, ILogger<AlertEvaluator> log)
{
    /// <summary>How long a notification is tried: a page a day old helps nobody.</summary>
    public static readonly TimeSpan MaxNotificationAge = TimeSpan.FromHours(24);

    private readonly HashSet<(string Rule, string App)> _missed = [];

    /// <summary>Makes the loaded rules known to readers in other processes.</summary>
    public Task PublishRulesAsync(CancellationToken cancellationToken) => store.ReplaceRulesAsync(
        [.. setup.Rules.Select(rule => new RuleSave(rule.Name, Wording.Of(rule.Severity), AlertJson.Write(rule), routing.ReceiversOf(rule), AlertLabels.Of(rule)))],
        clock.GetUtcNow(), cancellationToken);

    /// <summary>One round over all rules and apps, at one moment of the shared clock. A rule that fails is logged and costs the others nothing.</summary>
    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var loaded = (await store.LoadAsync(cancellationToken)).ToLookup(alert => alert.Class == GroupComposer.Class);
        var stored = loaded[false].GroupBy(alert => (alert.Rule, alert.App)).ToDictionary(group => group.Key, group => group.ToArray());
        var apps = await inputs.ListAppsAsync(cancellationToken);
        var round = new Round(now, new StoredReadings(inputs, releases, now), await ReadMutingAsync(now, cancellationToken), []);
        foreach (var rule in setup.Rules.OrderBy(rule => rule.By.Count > 0))                     // the whole fleet first: it may speak for its segments
            foreach (var app in apps.Where(app => rule.App is null || rule.App == app))
            {
                stored.Remove((rule.Name, app), out var alerts);
                if (!await GuardAsync(rule.Name, app, () => EvaluateAsync(rule, app, alerts ?? [], round, cancellationToken), cancellationToken))
                    KeepInGroups(rule, app, alerts ?? [], round);
            }

        foreach (var orphan in stored.Values.SelectMany(alerts => alerts))
            await GuardAsync(orphan.Rule, orphan.App, () => RemoveAsync(orphan, now, cancellationToken), cancellationToken);
        await groups.RunAsync(round.Groups, [.. loaded[true]], now, cancellationToken);
        if (await outbox.ExpireAsync(options.DeliveryClock.GetUtcNow(), MaxNotificationAge, cancellationToken) is > 0 and var expired)
            Log.NotificationsExpired(log, expired);
    }

    /// <summary>What could not be evaluated is not over: its groups go on telling of it as it last stood.</summary>
    private void KeepInGroups(AlertRule rule, string app, IReadOnlyList<StoredAlert> alerts, Round round)
    {
        foreach (var alert in alerts)
        {
            var (key, state) = (KeyOf(alert), AlertJson.Read<RememberedAlert>(alert.StateJson).State);
            var known = round.Groups.Select(entry => entry.Member.Key).ToHashSet();
            round.Groups.AddRange(routing.GroupsOf(rule, app, key, state, null, null, alert.AcknowledgedBy, routing.ReachOf(rule, app, key, null, round.Now)).Where(entry => !known.Contains(entry.Member.Key)));
        }
    }

    /// <summary>Whether it could be evaluated.</summary>
    private async Task<bool> GuardAsync(string rule, string app, Func<Task> evaluate, CancellationToken cancellationToken)
    {
        try
        {
            await evaluate();
            _missed.Remove((rule, app));
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            _missed.Add((rule, app));
            Log.EvaluationFailed(log, rule, app, failure);
            return false;
        }
    }

    private async Task EvaluateAsync(
        AlertRule rule, string app, IReadOnlyList<StoredAlert> alerts, Round round, CancellationToken cancellationToken)
    {
        var stored = alerts.ToDictionary(KeyOf);
        var remembered = alerts.ToDictionary(KeyOf, alert => StateOf(alert, isAfterGap: _missed.Contains((rule.Name, app))));
        foreach (var evaluated in await new RuleEvaluation(rule, app, round.Readings, round.Now).RunAsync(remembered, cancellationToken))
        {
            round.Muting.Note(rule, app, evaluated.Key, evaluated.Step.State);
            if (IsWorthSaving(evaluated))
                round.Groups.AddRange(await saving.SaveAsync(
                    app, evaluated, round.Muting.Of(rule, app, evaluated.Key), stored.GetValueOrDefault(evaluated.Key), round.Now, cancellationToken));
            else if (stored.TryGetValue(evaluated.Key, out var quiet) && Forgetting.IsDue(evaluated.Step.State, round.Now))
                await store.ForgetAsync(quiet, cancellationToken);
        }
    }

    /// <summary>The silences of a round. A stored matcher that this program cannot read silences nothing: a page too many is the smaller harm.</summary>
    private async Task<Muting> ReadMutingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var readable = new List<Silence>();
        foreach (var stored in await silences.ListAsync(endingAfter: now, cancellationToken))
        {
            var matchers = new List<LabelMatcher>();
            foreach (var text in stored.Matchers)
                if (LabelMatcher.TryParse(text, out var matcher, out var problem))
                    matchers.Add(matcher);
                else
                    Log.SilenceUnreadable(log, stored.Id, problem);
            if (matchers.Count == stored.Matchers.Count)
                readable.Add(new Silence(matchers, stored.StartsAt, stored.EndsAt));
        }

        return new Muting(readable, now);
    }

    /// <summary>What changed, what is open or flaps, and a segment's first sight; a quiet segment that stays quiet costs no write.</summary>
    private static bool IsWorthSaving(Evaluated evaluated) =>
        evaluated.Before is null || evaluated.Step.Transition is not null || evaluated.Step.State != evaluated.Before
        || evaluated.Step.State.Status is AlertStatus.Pending or AlertStatus.Firing or AlertStatus.Recovering || evaluated.Step.State.Flap is not null;

    private async Task RemoveAsync(StoredAlert orphan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var remembered = AlertJson.Read<RememberedAlert>(orphan.StateJson);
        var step = AlertMachine.Remove(remembered.State, now);
        if (step.Transition is not null || step.State.Flap is not null)
            await saving.SaveRemovalAsync(orphan.App, AlertJson.Read<AlertRule>(remembered.Rule), KeyOf(orphan), step, orphan, now, cancellationToken);
        else if (Forgetting.IsDueWithoutRule(step.State, now))
            await store.ForgetAsync(orphan, cancellationToken);
    }

    private static InstanceKey KeyOf(StoredAlert alert) => new(new SegmentKey(alert.Segment), Wording.Read<AlertClass>(alert.Class));

    /// <summary>The remembered state; after an evaluation that failed, the time until now counts for nothing, as after one without evidence.</summary>
    private static AlertState StateOf(StoredAlert alert, bool isAfterGap)
    {
        var state = AlertJson.Read<RememberedAlert>(alert.StateJson).State;
        return isAfterGap ? state with { HeldAt = null } : state;
    }
}
