using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.States;

/// <summary>What holds for every timeline.</summary>
public sealed class AlertMachineProperties
{
    private static readonly Gen<(AlertRule Rule, (Verdict Verdict, int Seconds)[] Evaluations)> Timelines =
        from wait in Gen.Choose(0, 10)
        from keep in Gen.Choose(0, 10)
        from evaluations in Gen.Zip(Gen.Elements(Enum.GetValues<Verdict>()), Gen.Choose(1, 300)).ArrayOf()
        select (Some.Rule() with { For = TimeSpan.FromMinutes(wait), KeepFiringFor = TimeSpan.FromMinutes(keep) }, evaluations);

    [Fact]
    public void Next_AnyTimeline_MakesOnlyLegalTransitionsNumberedWithoutGaps() => Check((_, steps) =>
        steps.Select(step => step.Transition).OfType<AlertTransition>().Index().All(pair =>
            AlertMachine.IsLegal(pair.Item.From, pair.Item.To) && pair.Item.Sequence == pair.Index + 1));

    [Fact]
    public void Next_AnyTimeline_OpensAndClosesIncidentsInTurn() => Check((_, steps) =>
    {
        var notices = steps.Select(step => step.Transition).OfType<AlertTransition>().Where(transition => transition.Opens || transition.Closes).ToArray();
        return notices.Index().All(pair => pair.Item.Opens == (pair.Index % 2 == 0) && pair.Item.Episode == (pair.Index / 2) + 1);
    });

    [Fact]
    public void Next_AnyTimeline_NeverChangesStatusWithoutEvidence() => Check((timeline, steps) =>
        steps.Index().All(pair => timeline.Evaluations[pair.Index].Verdict != Verdict.NoEvidence || pair.Item.Transition is null));

    [Fact]
    public void Next_AnyTimeline_FiresAfterNoLessThanForUnlessNothingSucceeds() => Check((timeline, steps) =>
    {
        DateTimeOffset? pending = null;
        foreach (var transition in steps.Select(step => step.Transition).OfType<AlertTransition>())
        {
            if (transition is { Opens: true, Reason: TransitionReason.Breach } && timeline.Rule.For > TimeSpan.Zero && transition.At - pending < timeline.Rule.For)
                return false;
            pending = transition.To == AlertStatus.Pending ? transition.At : pending;
        }

        return true;
    });

    /// <summary>A restart keeps nothing but the stored state: storing it between all steps must change nothing.</summary>
    [Fact]
    public void Next_StateStoredBetweenAnySteps_MakesTheSameTransitions() => Prop.ForAll(Timelines.ToArbitrary(), timeline =>
    {
        var restarted = Play(timeline, state => JsonSerializer.Deserialize<AlertState>(JsonSerializer.Serialize(state))!);
        return Play(timeline, state => state).Select(step => step.Transition).SequenceEqual(restarted.Select(step => step.Transition));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    private static void Check(Func<(AlertRule Rule, (Verdict Verdict, int Seconds)[] Evaluations), List<Step>, bool> holds) =>
        Prop.ForAll(Timelines.ToArbitrary(), timeline => holds(timeline, Play(timeline, state => state)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    private static List<Step> Play((AlertRule Rule, (Verdict Verdict, int Seconds)[] Evaluations) timeline, Func<AlertState, AlertState> store)
    {
        var steps = new List<Step>();
        var (state, now) = (AlertState.New(Some.Noon), Some.Noon);
        foreach (var (verdict, seconds) in timeline.Evaluations)
        {
            now += TimeSpan.FromSeconds(seconds);
            steps.Add(AlertMachine.Next(timeline.Rule, store(state), Some.Finding(verdict), now));
            state = steps[^1].State;
        }

        return steps;
    }
}
