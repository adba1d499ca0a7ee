using FsCheck.Fluent;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.States;

/// <summary>H1 for alerting: each mistake, put into the state machine on purpose, is found by the reference model.</summary>
public sealed class SeededBugTests
{
    /// <summary>Timelines in which a mistake must show.</summary>
    private const int Timelines = 400;

    private static readonly Dictionary<string, Func<AlertRule, AlertState, Finding, DateTimeOffset, Step>> Bugs = new()
    {
        ["resolves on no data"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, finding.Verdict == Verdict.NoEvidence ? finding with { Verdict = Verdict.Good } : finding, now),
        ["fires on no data"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, finding.Verdict == Verdict.NoEvidence ? finding with { Verdict = Verdict.Breach } : finding, now),
        ["for is kept in memory and lost by a restart"] = (rule, state, finding, now) => AlertMachine.Next(rule, state with { Held = TimeSpan.Zero }, finding, now),
        ["no evidence advances for"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, finding, now) is var step && finding.Verdict == Verdict.NoEvidence
            ? step with { State = step.State with { HeldAt = state.HeldAt } }
            : step,
        ["no evidence resets for"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, finding, now) is var step && finding.Verdict == Verdict.NoEvidence
            ? step with { State = step.State with { Held = TimeSpan.Zero } }
            : step,
        ["for is not waited for"] = (rule, state, finding, now) => AlertMachine.Next(rule with { For = TimeSpan.Zero }, state, finding, now),
        ["keepFiringFor is not waited for"] = (rule, state, finding, now) => AlertMachine.Next(rule with { KeepFiringFor = TimeSpan.Zero }, state, finding, now),
        ["total failure waits for for"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, finding.Verdict == Verdict.TotalFailure ? finding with { Verdict = Verdict.Breach } : finding, now),
        ["the middle resolves"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, finding.Verdict == Verdict.Between ? finding with { Verdict = Verdict.Good } : finding, now),
        ["a relapse is a new incident"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, finding, now) is { Transition: { Reason: TransitionReason.Relapsed } relapse } step
            ? step with { Transition = relapse with { From = AlertStatus.Inactive } }
            : AlertMachine.Next(rule, state, finding, now),
        ["never resolves"] = (rule, state, finding, now) => AlertMachine.Next(rule, state, state.IsOpen && finding.Verdict == Verdict.Good ? finding with { Verdict = Verdict.Between } : finding, now),
    };

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bug_PlantedOnPurpose_IsFoundByTheReferenceModel(string bug) =>
        Assert.Contains(ReferenceModelTests.Generated.Sample(Timelines), timeline => !ReferenceModelTests.Agrees(timeline, Bugs[bug]));
}
