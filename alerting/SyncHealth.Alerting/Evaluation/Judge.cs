using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Says what a measurement means for a rule in mode <c>point</c>: the literal threshold decides, given enough data.</summary>
public static class Judge
{
    /// <summary>One deep queue is a person, not a fleet.</summary>
    private const int MinOffendingDevices = 2;

    /// <summary>The share that the 99th percentile leaves above itself, as a divisor.</summary>
    private const int PercentileShare = 100;

    /// <summary>Judges <paramref name="measurement"/>; <paramref name="state"/> says whether the alert fires, and on how little data it began to.</summary>
    public static Verdict Of(AlertRule rule, AlertState state, Measurement measurement)
    {
        if (IsTotalFailure(rule, measurement))
            return Verdict.TotalFailure;
        if (!FloorOf(rule, state).IsMetBy(measurement))
            return Verdict.NoEvidence;
        if (IsBreach(rule, measurement))
            return Verdict.Breach;
        return rule.Recover != rule.Limit && IsBeyond(rule, measurement.Value!.Value, rule.Recover) ? Verdict.Between : Verdict.Good;
    }

    /// <summary>An alert that fired on a total failure may resolve on as little: an app too small for the rule would otherwise never come back.</summary>
    private static EvidenceFloor FloorOf(AlertRule rule, AlertState state)
    {
        var small = EvidenceFloor.OfTotalFailure;
        return state is { IsOpen: true, FiredOnTotalFailure: true }
            ? new EvidenceFloor(Math.Min(rule.MinAttempts, small.Attempts), Math.Min(rule.MinDevices, small.Devices))
            : new EvidenceFloor(rule.MinAttempts, rule.MinDevices);
    }

    private static bool IsTotalFailure(AlertRule rule, Measurement measurement) =>
        rule.Metric == RuleMetric.SuccessRate
        && measurement.Offending == measurement.Attempts
        && EvidenceFloor.OfTotalFailure.IsMetBy(measurement);

    private static bool IsBreach(AlertRule rule, Measurement measurement) => rule.Metric switch
    {
        // p99 > limit means that more than n - ceil(0.99 n) attempts were slower: the count is exact where a sketch's value is not.
        RuleMetric.DurationP99 => measurement.Offending > measurement.Attempts / PercentileShare,
        RuleMetric.QueueDepthShare => measurement.Offending >= MinOffendingDevices && IsBeyond(rule, measurement.Value!.Value, rule.Limit),
        _ => IsBeyond(rule, measurement.Value!.Value, rule.Limit),
    };

    private static bool IsBeyond(AlertRule rule, double value, double limit) =>
        rule.Traits.IsBadBelow ? value < limit : value > limit;
}
