using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Tests.States;

/// <summary>Judge and state machine against the reference model, on generated timelines (spec/reliability.md D4 at reduced count).</summary>
public sealed class ReferenceModelTests
{
    private static readonly int Timelines = FaultScale.Of(test: 5000, faults: 5000, deep: 100_000);

    private static readonly Gen<(long Successes, long Attempts, long Devices, int Seconds)> Evaluations =
        from attempts in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 120)), (6, Gen.Choose(100, 300)))
        from successes in Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(80, 94)), (2, Gen.Choose(95, 97)), (4, Gen.Choose(97, 100)))
        from devices in Gen.Frequency((1, Gen.Choose(0, 30)), (5, Gen.Constant(50)))
        from seconds in Gen.Frequency((5, Gen.Constant(60)), (1, Gen.Choose(1, 400)))
        select ((long)attempts * successes / 100, (long)attempts, (long)devices, seconds);

    internal static readonly Gen<(AlertRule Rule, (long Successes, long Attempts, long Devices, int Seconds)[] Evaluations)> Generated =
        from wait in Gen.Choose(0, 6)
        from keep in Gen.Choose(0, 6)
        from recover in Gen.Elements(95, 97)
        from evaluations in Evaluations.ArrayOf(60)
        select (Some.Rule() with { For = TimeSpan.FromMinutes(wait), KeepFiringFor = TimeSpan.FromMinutes(keep), Recover = recover }, evaluations);

    [Fact]
    public void Next_AnyTimeline_TellsWhatTheReferenceModelTells()
    {
        var goal = new Goal("D4");
        Prop.ForAll(Generated.ToArbitrary(), timeline => Agrees(timeline, AlertMachine.Next)).Check(Config.QuickThrowOnFailure.WithMaxTest(Timelines).WithQuietOnSuccess(true));
        goal.Reached($"{Timelines} timelines told as the reference model tells them");
    }

    /// <summary>The timelines reach what they are meant to test: otherwise agreement says nothing.</summary>
    [Fact]
    public void Timelines_FireAndResolveOften()
    {
        var transitions = Generated.Sample(300).SelectMany(Play).Select(step => step.Transition).OfType<AlertTransition>().ToArray();

        Assert.True(transitions.Count(transition => transition.Opens) > 100);
        Assert.True(transitions.Count(transition => transition.Closes) > 100);
        Assert.True(transitions.Count(transition => transition.Reason == TransitionReason.TotalFailure) > 20);
        Assert.True(transitions.Count(transition => transition.Reason == TransitionReason.Relapsed) > 20);
    }

    /// <summary>R3: the inputs stored with each transition lead to the same transitions, and in no other way.</summary>
    [Fact]
    public void Replay_OfStoredInputs_GivesTheSameTransitions() => Prop.ForAll(Generated.ToArbitrary(), timeline =>
    {
        var transitions = Play(timeline).Select(step => step.Transition).OfType<AlertTransition>().ToArray();
        var stored = JsonSerializer.Deserialize<AlertTransition[]>(JsonSerializer.Serialize(transitions))!;
        return Alerting.Evaluation.Replay.Of(timeline.Rule, AlertClass.Threshold, AlertState.New(Some.Noon), stored).SequenceEqual(transitions);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    /// <summary>Whether a machine tells what the reference model tells.</summary>
    internal static bool Agrees(
        (AlertRule Rule, (long Successes, long Attempts, long Devices, int Seconds)[] Evaluations) timeline, Func<AlertRule, AlertState, Finding, DateTimeOffset, Step> machine)
    {
        var model = new ReferenceModel(timeline.Rule);
        var now = Some.Noon;
        var expected = string.Concat(timeline.Evaluations.Select(one => model.Evaluate(now += TimeSpan.FromSeconds(one.Seconds), one.Successes, one.Attempts, one.Devices)));
        return new string([.. Play(timeline, machine).Select(step => step.Transition switch { { Opens: true } => 'F', { Closes: true } => 'R', _ => '.' })]) == expected;
    }

    private static List<Step> Play((AlertRule Rule, (long Successes, long Attempts, long Devices, int Seconds)[] Evaluations) timeline) => Play(timeline, AlertMachine.Next);

    private static List<Step> Play(
        (AlertRule Rule, (long Successes, long Attempts, long Devices, int Seconds)[] Evaluations) timeline, Func<AlertRule, AlertState, Finding, DateTimeOffset, Step> machine)
    {
        var steps = new List<Step>();
        var (state, now) = (AlertState.New(Some.Noon), Some.Noon);
        foreach (var (successes, attempts, devices, seconds) in timeline.Evaluations)
        {
            now += TimeSpan.FromSeconds(seconds);
            var measurement = Some.Rate(successes, attempts, devices);
            steps.Add(machine(timeline.Rule, state, new Finding(Judge.Of(timeline.Rule, state, measurement), measurement), now));
            state = steps[^1].State;
        }

        return steps;
    }
}
