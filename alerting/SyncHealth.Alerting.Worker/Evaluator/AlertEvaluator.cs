using Microsoft.Extensions.Logging;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Alerting.Worker.Evaluator;

/// <summary>Evaluates every rule for every app it holds for, and saves what came of it. Two evaluators may run: of a state, one saves, the other's work is dropped.</summary>
internal sealed class AlertEvaluator(
    SetupInForce setup, AlertInputs inputs, AlertStore store, AlertMemory memory, AlertOutbox outbox, SilenceStore silences, AlertSaving saving, AlertRouting routing,
    ContextReader contexts, GroupTelling groups, ReleaseReadings releases, TimeProvider clock, AlertingOptions options, ILogger<AlertEvaluator> log)
{
    /// <summary>How long a notification is tried: a page a day old helps nobody.</summary>
    public static readonly TimeSpan MaxNotificationAge = TimeSpan.FromHours(24);

    private readonly HashSet<(string Rule, string App)> _missed = [];

    /// <summary>Makes the loaded rules known to readers in other processes.</summary>
    public Task PublishRulesAsync(CancellationToken cancellationToken) => store.ReplaceRulesAsync(
        [.. setup.Current.Rules.Select(rule => new RuleSave(rule.Name, Wording.Of(rule.Severity), AlertJson.Write(rule), routing.ReceiversOf(rule), AlertLabels.Of(rule)) { Yaml = RuleDocumentWriter.Write(rule) })],
        clock.GetUtcNow(), cancellationToken);

    /// <summary>One round over all rules and apps, at one moment of the shared clock. A rule that fails is logged and costs the others nothing.</summary>
    /// <exception cref="InvalidOperationException">Every rule failed: nothing was evaluated, and whoever watches has to hear of it.</exception>
    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        contexts.Begin();
        await memory.RefreshAsync(cancellationToken);
        var orphans = memory.Pairs.ToHashSet();
        var apps = await inputs.ListAppsAsync(cancellationToken);
        var round = new Round(now, new StoredReadings(inputs, releases, now), await ReadMutingAsync(now, cancellationToken), []);
        var (evaluated, failed) = (0, 0);
        foreach (var rule in setup.Current.Rules.OrderBy(rule => rule.By.Count > 0))                     // the whole fleet first: it may speak for its segments
            foreach (var app in apps.Where(app => rule.App is null || rule.App == app))
            {
                orphans.Remove((rule.Name, app));
                var known = memory.Of(rule.Name, app);
                if (await GuardAsync(rule.Name, app, () => EvaluateAsync(rule, app, known, round, cancellationToken), cancellationToken))
                {
                    evaluated++;
                    continue;
                }

                failed++;
                KeepInGroups(rule, app, known.Values, round);
            }

        foreach (var orphan in orphans.SelectMany(pair => memory.Of(pair.Rule, pair.App).Values).ToArray())
            await GuardAsync(orphan.Rule, orphan.App, () => RemoveAsync(orphan, now, cancellationToken), cancellationToken);
        await groups.RunAsync(round.Groups, now, cancellationToken);
        if (await outbox.ExpireAsync(options.DeliveryClock.GetUtcNow(), MaxNotificationAge, cancellationToken) is > 0 and var expired)
            Log.NotificationsExpired(log, expired);
        if (failed > 0 && evaluated == 0)
            throw new InvalidOperationException("None of the rules could be evaluated.");
    }

    /// <summary>What could not be evaluated is not over: its groups go on telling of it as it last stood.</summary>
    private void KeepInGroups(AlertRule rule, string app, IEnumerable<KnownAlert> alerts, Round round)
    {
        foreach (var (key, state, by) in alerts.Where(alert => alert.State.IsOpen).Select(alert => (alert.Key, alert.State, alert.AcknowledgedBy)))
        {
            var told = round.Groups.Select(entry => entry.Member.Key).ToHashSet();
            round.Groups.AddRange(routing.GroupsOf(rule, app, key, state, null, null, by, routing.ReachOf(rule, app, key, null, round.Now)).Where(entry => !told.Contains(entry.Member.Key)));
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
        AlertRule rule, string app, IReadOnlyDictionary<InstanceKey, KnownAlert> known, Round round, CancellationToken cancellationToken)
    {
        var isAfterGap = _missed.Contains((rule.Name, app));
        var remembered = known.ToDictionary(pair => pair.Key, pair => StateOf(pair.Value, isAfterGap));
        var quiet = new List<AlertSave>();
        foreach (var evaluated in await new RuleEvaluation(rule, app, round.Readings, round.Now).RunAsync(remembered, cancellationToken))
        {
            round.Muting.Note(rule, app, evaluated.Key, evaluated.Step.State);
            var before = known.GetValueOrDefault(evaluated.Key);
            if (IsWorthSaving(evaluated))
                round.Groups.AddRange(await saving.SaveAsync(app, evaluated, round.Muting.Of(rule, app, evaluated.Key), before, round.Now, quiet, cancellationToken));
            else if (before is not null && Forgetting.IsDue(evaluated.Step.State, round.Now))
                await ForgetAsync(before, cancellationToken);
        }

        await saving.SaveQuietAsync(rule.Name, quiet, cancellationToken);
    }

    private async Task ForgetAsync(KnownAlert alert, CancellationToken cancellationToken)
    {
        if (await store.ForgetAsync(alert.Rule, alert.App, alert.Key.Segment.Values, Wording.Of(alert.Key.Class), alert.Version, cancellationToken))
            memory.Forget(alert);
        else
            memory.Doubt(alert.Rule);
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

    private async Task RemoveAsync(KnownAlert orphan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = AlertMachine.Remove(orphan.State, now);
        if (step.Transition is not null || step.State.Flap is not null)
            await saving.SaveRemovalAsync(AlertJson.Read<AlertRule>(orphan.RuleJson), step, orphan, now, cancellationToken);
        else if (Forgetting.IsDueWithoutRule(step.State, now))
            await ForgetAsync(orphan, cancellationToken);
    }

    /// <summary>The remembered state; after an evaluation that failed, the time until now counts for nothing, as after one without evidence.</summary>
    private static AlertState StateOf(KnownAlert alert, bool isAfterGap) => isAfterGap ? alert.State with { HeldAt = null } : alert.State;
}
