using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Makes an alert's history again from what was stored with it.</summary>
public static class Replay
{
    /// <summary>The transitions that the stored findings lead to, judged again from their counts. The same as those stored, unless a rule was edited meanwhile.</summary>
    /// <param name="rule">The rule as its file has it.</param>
    /// <param name="alertClass">The alert's class.</param>
    /// <param name="state">The state before the first of them.</param>
    /// <param name="stored">Transitions in their order.</param>
    public static IEnumerable<AlertTransition> Of(AlertRule rule, AlertClass alertClass, AlertState state, IEnumerable<AlertTransition> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var own = RuleEvaluation.RuleOf(rule, alertClass);
        foreach (var transition in stored)
        {
            var step = transition.Finding is { } finding ? AlertMachine.Next(own, state, IsCounted(own, alertClass) ? Judged(own, state, finding) : finding, transition.At) : AlertMachine.Remove(state, transition.At);
            state = step.State;
            if (step.Transition is { } again)
                yield return again;
        }
    }

    private static Finding Judged(AlertRule rule, AlertState state, Finding finding) =>
        finding with { Verdict = Judge.Of(rule, state, finding.Measurement, finding.Limits ?? Limits.Of(rule)) };

    /// <summary>Silence is judged by what is missing, and a release by all that its verdict is made of, which no count holds.</summary>
    private static bool IsCounted(AlertRule rule, AlertClass alertClass) =>
        alertClass != AlertClass.NoData && rule.Traits.Basis is not (MetricBasis.Expected or MetricBasis.Releases);
}
