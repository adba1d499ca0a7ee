using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Trials;

/// <summary>Runs a trial: the same evaluation as in life, on the trial's data and clock.</summary>
public sealed class TrialRun(IReadOnlyList<AlertRule> rules, Trial trial, RouteTree? tree = null)
{
    private readonly RouteTree _tree = tree ?? RouteTree.Empty;

    private readonly Dictionary<(string Rule, InstanceKey Key), AlertState> _states = [];
    private readonly List<(TrialNotice Notice, DateTimeOffset VisibleAt)> _notices = [];
    private readonly List<(AlertRule Rule, InstanceKey Key, AlertTransition Transition)> _transitions = [];

    /// <summary>Every change of state, in the order of the evaluations.</summary>
    public IReadOnlyList<(AlertRule Rule, InstanceKey Key, AlertTransition Transition)> Transitions => _transitions;

    /// <summary>Messages that left, in their order: an incident that was over before <c>groupWait</c> told nobody.</summary>
    public IReadOnlyList<TrialNotice> Notices => [.. _notices.Select(notice => notice.Notice)];

    /// <summary>What is not as the trial expects it, a sentence each; empty when everything is.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var unknown in trial.States.Select(state => state.Rule).Concat((trial.Notices ?? []).Select(notice => notice.Rule)).Distinct().Where(name => rules.All(rule => rule.Name != name)))
            failures.Add($"there is no rule '{unknown}'");

        var facts = TrialReadings.FactsOf(trial);
        var waiting = new Queue<ExpectedState>(trial.States.OrderBy(state => state.At));
        for (var at = TimeSpan.Zero; at <= Length(); at += trial.Interval)
        {
            while (waiting.TryPeek(out var next) && next.At < at)
                Check(waiting.Dequeue(), failures);
            await EvaluateAsync(new TrialReadings(facts, trial.Start + at, trial.Lateness), trial.Start + at, cancellationToken);
        }

        while (waiting.TryDequeue(out var last))
            Check(last, failures);
        if (trial.Notices is { } expected)
            Compare(expected, failures);
        return failures;
    }

    /// <summary>Until the last thing that is fed or expected.</summary>
    private TimeSpan Length() => trial.States.Select(state => state.At)
        .Concat((trial.Notices ?? []).Select(notice => notice.At))
        .Concat(trial.Series.Select(series => series.To + series.Late))
        .DefaultIfEmpty(TimeSpan.Zero).Max();

    private async Task EvaluateAsync(TrialReadings readings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var rule in rules.Where(rule => rule.App is null || rule.App == trial.App))
        {
            var remembered = _states.Where(pair => pair.Key.Rule == rule.Name).ToDictionary(pair => pair.Key.Key, pair => pair.Value);
            foreach (var evaluated in await new RuleEvaluation(rule, trial.App, readings, now).RunAsync(remembered, cancellationToken))
                Remember(rule, evaluated, now);
        }
    }

    private void Remember(AlertRule rule, Evaluated evaluated, DateTimeOffset now)
    {
        var reach = ReachOf(rule, evaluated, now);
        var routed = Router.Route(evaluated.Rule, evaluated.Step, reach.Now, mute: null, evaluated.Finding, now, reach.Later);
        if (evaluated.Step.Transition is { } transition)
            _transitions.Add((rule, evaluated.Key, transition));
        if (routed.Subject is { } subject)
            Tell(rule, evaluated.Key, subject, routed.Notices, reach, now);

        _states[(rule.Name, evaluated.Key)] = routed.State;
    }

    /// <summary>Where the routes lead. Each alert is told by itself: a trial is about rules, not about what company they have.</summary>
    private Reach ReachOf(AlertRule rule, Evaluated evaluated, DateTimeOffset now)
    {
        var isTooOld = evaluated.Key.Class == AlertClass.Late && LateNotice.IsTooOldToPage(evaluated.Finding.Measurement.Window, now);
        var reach = Reach.Of(_tree, AlertLabels.Of(rule, trial.App, evaluated.Key), rule.Notify, name => !isTooOld || name != ReceiverType.PagerDuty.Name, now);
        return new Reach([.. reach.Legs.Select(leg => leg with { Destination = leg.Destination with { GroupBy = null } })]);
    }

    private void Tell(AlertRule rule, InstanceKey key, AlertTransition transition, IReadOnlyList<Notice> notices, Reach reach, DateTimeOffset now)
    {
        if (transition.Closes && _notices.RemoveAll(notice => notice.Notice.Rule == rule.Name && notice.Notice.Key == key && notice.VisibleAt > now) > 0)
            return;
        _notices.AddRange(notices.Select(notice => (
            new TrialNotice(now - trial.Start, rule.Name, key, notice.Kind, notice.Receiver),
            notice.Kind == NoticeKind.Trigger ? now + reach.WaitOf(notice.Receiver, rule.GroupWait) : now)));
    }

    private void Check(ExpectedState expected, List<string> failures)
    {
        var actual = Wording.Of(_states.TryGetValue((expected.Rule, expected.Key), out var state) ? state.Status : AlertStatus.Inactive);
        if (actual != expected.State)
            failures.Add($"line {expected.Line}: at {Durations.Format(expected.At)} {expected.Rule} {expected.Key.Segment} is {actual}, expected {expected.State}");
    }

    private void Compare(IReadOnlyList<TrialNotice> expected, List<string> failures)
    {
        foreach (var missing in expected.Except(Notices))
            failures.Add($"not told: {Said(missing)}");
        foreach (var surplus in Notices.Except(expected))
            failures.Add($"told, but not expected: {Said(surplus)}");
        if (failures.Count == 0 && !expected.SequenceEqual(Notices))
            failures.Add("the notices came in another order");
    }

    private static string Said(TrialNotice notice) =>
        $"at {Durations.Format(notice.At)} {notice.Receiver}: {Wording.Of(notice.Kind)} {notice.Rule} {notice.Key.Segment}" + (notice.Key.Class == AlertClass.Threshold ? "" : $" ({Wording.Of(notice.Key.Class)})");
}
