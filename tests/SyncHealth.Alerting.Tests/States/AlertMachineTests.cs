using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.States;

public sealed class AlertMachineTests
{
    private static readonly AlertRule Patient = Some.Rule() with { For = TimeSpan.FromMinutes(3), KeepFiringFor = TimeSpan.FromMinutes(2) };
    private static readonly AlertRule Hasty = Some.Rule() with { For = TimeSpan.Zero, KeepFiringFor = TimeSpan.Zero };

    /// <summary>Every status and verdict: what a single evaluation leads to, for a rule that waits and one that does not.</summary>
    [Theory]
    [InlineData(AlertStatus.Inactive, Verdict.NoEvidence, AlertStatus.Inactive, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Inactive, Verdict.Good, AlertStatus.Inactive, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Inactive, Verdict.Between, AlertStatus.Inactive, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Inactive, Verdict.Breach, AlertStatus.Pending, AlertStatus.Firing)]
    [InlineData(AlertStatus.Inactive, Verdict.TotalFailure, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Pending, Verdict.NoEvidence, AlertStatus.Pending, AlertStatus.Pending)]
    [InlineData(AlertStatus.Pending, Verdict.Good, AlertStatus.Inactive, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Pending, Verdict.Between, AlertStatus.Inactive, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Pending, Verdict.Breach, AlertStatus.Pending, AlertStatus.Firing)]
    [InlineData(AlertStatus.Pending, Verdict.TotalFailure, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Firing, Verdict.NoEvidence, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Firing, Verdict.Good, AlertStatus.Recovering, AlertStatus.Resolved)]
    [InlineData(AlertStatus.Firing, Verdict.Between, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Firing, Verdict.Breach, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Firing, Verdict.TotalFailure, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Recovering, Verdict.NoEvidence, AlertStatus.Recovering, AlertStatus.Recovering)]
    [InlineData(AlertStatus.Recovering, Verdict.Good, AlertStatus.Recovering, AlertStatus.Resolved)]
    [InlineData(AlertStatus.Recovering, Verdict.Between, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Recovering, Verdict.Breach, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Recovering, Verdict.TotalFailure, AlertStatus.Firing, AlertStatus.Firing)]
    [InlineData(AlertStatus.Resolved, Verdict.NoEvidence, AlertStatus.Resolved, AlertStatus.Resolved)]
    [InlineData(AlertStatus.Resolved, Verdict.Good, AlertStatus.Resolved, AlertStatus.Resolved)]
    [InlineData(AlertStatus.Resolved, Verdict.Between, AlertStatus.Resolved, AlertStatus.Resolved)]
    [InlineData(AlertStatus.Resolved, Verdict.Breach, AlertStatus.Pending, AlertStatus.Firing)]
    [InlineData(AlertStatus.Resolved, Verdict.TotalFailure, AlertStatus.Firing, AlertStatus.Firing)]
    public void Next_EveryStatusAndVerdict_LeadsWhereTheTableSays(AlertStatus from, Verdict verdict, AlertStatus patient, AlertStatus hasty)
    {
        var state = AlertState.New(Some.Noon) with { Status = from };

        Assert.Equal(patient, AlertMachine.Next(Patient, state, Some.Finding(verdict), Some.Noon).State.Status);
        Assert.Equal(hasty, AlertMachine.Next(Hasty, state, Some.Finding(verdict), Some.Noon).State.Status);
    }

    [Fact]
    public void IsLegal_EveryPair_IsAsDrawn()
    {
        var legal =
            from one in Enum.GetValues<AlertStatus>()
            from other in Enum.GetValues<AlertStatus>()
            where AlertMachine.IsLegal(one, other)
            select $"{one}>{other}";

        Assert.Equal(
            [
                "Inactive>Pending", "Inactive>Firing", "Pending>Inactive", "Pending>Firing", "Firing>Recovering", "Firing>Resolved",
                "Recovering>Firing", "Recovering>Resolved", "Resolved>Pending", "Resolved>Firing",
            ],
            legal);
    }

    /// <summary>T, T, gap, T with for = 3: the gap neither advances nor resets.</summary>
    [Fact]
    public void Next_GapWhilePending_NeitherAdvancesNorResets()
    {
        var steps = Play(Patient, [.. Verdicts("BB-B"), .. Verdicts("BB")]);

        Assert.Equal("PPPPPF", Letters(steps));
    }

    [Fact]
    public void Next_GoodWhilePending_StartsOver() => Assert.Equal("PPPIPPPF", Letters(Play(Patient, Verdicts("BBBgBBBB"))));

    [Fact]
    public void Next_SilenceWhileFiring_NeverResolves() =>
        Assert.Equal("PPPF" + new string('F', 600), Letters(Play(Patient, Verdicts("BBBB" + new string('-', 600)))));

    [Fact]
    public void Next_GapWhileRecovering_NeitherAdvancesNorResets() => Assert.Equal("PPPFRRRRR!", Letters(Play(Patient, Verdicts("BBBBgg--gg"))));

    [Fact]
    public void Next_RelapseWhileRecovering_IsTheSameIncident()
    {
        var steps = Play(Patient, Verdicts("BBBBgBggg"));

        Assert.Equal("PPPFRFRR!", Letters(steps));
        Assert.Equal(1, steps[^1].State.Episode);
        Assert.Single(steps, step => step.Transition is { Opens: true });
        Assert.Single(steps, step => step.Transition is { Closes: true });
    }

    [Fact]
    public void Next_BreachAfterResolution_IsANewIncident()
    {
        var steps = Play(Hasty, Verdicts("BgB"));

        Assert.Equal("F!F", Letters(steps));
        Assert.Equal(2, steps[^1].State.Episode);
        Assert.NotEqual(steps[0].State.FiredAt, steps[^1].State.FiredAt);
    }

    [Fact]
    public void Next_SeveralBreaches_RemembersTheWorst()
    {
        var state = AlertState.New(Some.Noon);
        foreach (var value in new[] { 91.0, 80.5, 88.0 })
            state = AlertMachine.Next(Hasty, state, Some.Finding(Verdict.Breach, value), Some.Noon).State;

        Assert.Equal(80.5, state.Worst);
    }

    [Fact]
    public void Next_Transition_CarriesItsFinding()
    {
        var finding = Some.Finding(Verdict.TotalFailure, 0);
        var transition = AlertMachine.Next(Patient, AlertState.New(Some.Noon), finding, Some.Noon).Transition!;

        Assert.Same(finding, transition.Finding);
        Assert.Equal((1, TransitionReason.TotalFailure), (transition.Sequence, transition.Reason));
    }

    [Theory]
    [InlineData(AlertStatus.Firing, AlertStatus.Resolved)]
    [InlineData(AlertStatus.Recovering, AlertStatus.Resolved)]
    [InlineData(AlertStatus.Pending, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Inactive, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Resolved, AlertStatus.Resolved)]
    public void Remove_RuleIsGone_EndsWhatIsOpen(AlertStatus from, AlertStatus to)
    {
        var step = AlertMachine.Remove(AlertState.New(Some.Noon) with { Status = from }, Some.Noon);

        Assert.Equal(to, step.State.Status);
        Assert.Equal(from == to, step.Transition is null);
        Assert.True(step.Transition is null || step.Transition.Reason == TransitionReason.RuleDeleted);
    }

    /// <summary>One evaluation a minute: B breach, g good, - no evidence.</summary>
    private static Verdict[] Verdicts(string letters) =>
        [.. letters.Select(letter => letter switch { 'B' => Verdict.Breach, 'g' => Verdict.Good, _ => Verdict.NoEvidence })];

    private static List<Step> Play(AlertRule rule, Verdict[] verdicts)
    {
        var steps = new List<Step>();
        var state = AlertState.New(Some.Noon);
        foreach (var (minute, verdict) in verdicts.Index())
        {
            steps.Add(AlertMachine.Next(rule, state, Some.Finding(verdict), Some.Noon.AddMinutes(minute)));
            state = steps[^1].State;
        }

        return steps;
    }

    private static string Letters(IEnumerable<Step> steps) =>
        string.Concat(steps.Select(step => step.State.Status == AlertStatus.Resolved ? '!' : step.State.Status.ToString()[0]));
}
