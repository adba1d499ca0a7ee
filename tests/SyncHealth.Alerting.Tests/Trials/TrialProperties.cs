using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Trials;
using Xunit;

namespace SyncHealth.Alerting.Tests.Trials;

/// <summary>What holds for whole evaluations, windows and segments included, on generated data with holes (spec/reliability.md D5, D6 at reduced counts).</summary>
public sealed class TrialProperties
{
    private static readonly AlertRule[] Rules =
    [
        Some.Rule() with { Name = "fleet", For = TimeSpan.FromMinutes(2), KeepFiringFor = TimeSpan.FromMinutes(3) },
        Some.Rule() with { Name = "by-os", For = TimeSpan.FromMinutes(2), By = ["os"], Mode = RuleMode.Bound, NewGroupGrace = TimeSpan.FromMinutes(10), NoData = NoDataPolicy.Alert },
        Some.Rule() with { Name = "events", For = TimeSpan.FromMinutes(1), Clock = RuleClock.Event, LateLimit = TimeSpan.FromHours(3), Window = TimeSpan.FromMinutes(10) },
    ];

    private static readonly Gen<TrialSeries> Series =
        from start in Gen.Choose(0, 110)
        from length in Gen.Choose(1, 40)
        from attempts in Gen.Elements(0, 1, 20, 100)
        from success in Gen.Elements(0, 60, 90, 96, 100)
        from devices in Gen.Elements(3, 60)
        from os in Gen.Elements("android", "ios")
        from late in Gen.Elements(0, 0, 0, 5, 40, 150)
        select new TrialSeries
        {
            From = TimeSpan.FromMinutes(start), To = TimeSpan.FromMinutes(start + length), Attempts = attempts, Success = success, Devices = devices,
            Segment = new Dictionary<string, string> { ["os"] = os }, Late = TimeSpan.FromMinutes(late),
        };

    private static readonly Gen<TrialSeries[]> Timelines = Series.ArrayOf(8);

    /// <summary>A restart keeps nothing but the stored states: storing them after every evaluation changes no transition.</summary>
    [Fact]
    public void Evaluate_RestartedAfterEveryStep_MakesTheSameTransitions() => Check(40, series =>
    {
        var kept = Play(series, state => state);
        return Told(kept).SequenceEqual(Told(Play(series, state => JsonSerializer.Deserialize<AlertState>(JsonSerializer.Serialize(state))!)));
    });

    /// <summary>An incident ends on counted data of at least the minimum, in its own window, and never later than a window after the last arrival.</summary>
    [Fact]
    public void Evaluate_Holes_NeverResolve() => Check(40, series => Play(series, state => state)
        .Where(change => change.Transition.Closes && change.Key.Class == AlertClass.Threshold)
        .All(change =>
        {
            var finding = change.Transition.Finding!;
            var lastArrival = Some.Noon + series.Where(one => one.Attempts > 0).Max(one => one.To + one.Late);
            return finding.Verdict == Verdict.Good && finding.Measurement.Attempts >= 20 && finding.Measurement.Devices >= 5
                && change.Transition.At <= lastArrival + finding.Measurement.Window.To.Subtract(finding.Measurement.Window.From);
        }));

    [Fact]
    public void Timelines_FireAndResolve()
    {
        var changes = Timelines.Sample(30).SelectMany(series => Play(series, state => state)).ToArray();

        Assert.True(changes.Count(change => change.Transition.Opens) > 10);
        Assert.True(changes.Count(change => change.Transition.Closes) > 5);
        Assert.Contains(changes, change => change.Key.Class == AlertClass.NoData);
        Assert.Contains(changes, change => change.Key.Class == AlertClass.Late);
    }

    private static IEnumerable<string> Told(IEnumerable<(string Rule, InstanceKey Key, AlertTransition Transition)> changes) =>
        changes.Select(change => $"{change.Rule} {change.Key.Segment} {change.Key.Class} {change.Transition}");

    private static void Check(int count, Func<TrialSeries[], bool> holds) =>
        Prop.ForAll(Timelines.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true));

    private static List<(string Rule, InstanceKey Key, AlertTransition Transition)> Play(TrialSeries[] series, Func<AlertState, AlertState> store)
    {
        var trial = new Trial { Name = "generated", App = "notes", Start = Some.Noon, Interval = TimeSpan.FromMinutes(1), Series = series };
        var facts = TrialReadings.FactsOf(trial);
        var states = Rules.ToDictionary(rule => rule.Name, _ => new Dictionary<InstanceKey, AlertState>());
        var changes = new List<(string, InstanceKey, AlertTransition)>();
        for (var minute = 0; minute <= 300; minute++)
            foreach (var rule in Rules)
            {
                var now = Some.Noon.AddMinutes(minute);
                // Data and states are all there: nothing here waits.
                var evaluated = new RuleEvaluation(rule, "notes", new TrialReadings(facts, now, TimeSpan.FromMinutes(5)), now).RunAsync(states[rule.Name], CancellationToken.None);
                foreach (var one in evaluated.IsCompletedSuccessfully ? evaluated.Result : throw new InvalidOperationException("An evaluation on data in memory waited."))
                {
                    states[rule.Name][one.Key] = store(one.Step.State);
                    if (one.Step.Transition is { } transition)
                        changes.Add((rule.Name, one.Key, transition));
                }
            }

        return changes;
    }
}
