using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>Says what a measurement means for a rule: in mode <c>point</c> the value decides, given enough data; in mode <c>bound</c> the value's bound.</summary>
public static class Judge
{
    /// <summary>One deep queue is a person, not a fleet.</summary>
    private const int MinOffendingDevices = 2;

    /// <summary>Judges by the rule's own thresholds.</summary>
    public static Verdict Of(AlertRule rule, AlertState state, Measurement measurement) => Of(rule, state, measurement, Limits.Of(rule));

    /// <summary>Judges <paramref name="measurement"/>; <paramref name="state"/> says whether the alert fires, and on how little data it began to.</summary>
    public static Verdict Of(AlertRule rule, AlertState state, Measurement measurement, Limits limits)
    {
        if (IsTotalFailure(rule, measurement))
            return Verdict.TotalFailure;
        if (!FloorOf(rule, state).IsMetBy(measurement))
            return Verdict.NoEvidence;
        if (IsBreach(rule, measurement, limits))
            return Verdict.Breach;
        return IsGood(rule, state, measurement, limits) ? Verdict.Good : Verdict.Between;
    }

    /// <summary>An alert that fired on a total failure may resolve on as little: an app too small for the rule would otherwise never come back.</summary>
    private static EvidenceFloor FloorOf(AlertRule rule, AlertState state)
    {
        var small = EvidenceFloor.OfTotalFailure;
        return HasFiredOnTotalFailure(state)
            ? new EvidenceFloor(Math.Min(rule.MinAttempts, small.Attempts), Math.Min(rule.MinDevices, small.Devices))
            : new EvidenceFloor(rule.MinAttempts, rule.MinDevices);
    }

    private static bool HasFiredOnTotalFailure(AlertState state) => state is { IsOpen: true, FiredOnTotalFailure: true };

    private static bool IsTotalFailure(AlertRule rule, Measurement measurement) =>
        rule.Metric == RuleMetric.SuccessRate
        && measurement.Offending == measurement.Attempts
        && EvidenceFloor.OfTotalFailure.IsMetBy(measurement);

    private static bool IsBreach(AlertRule rule, Measurement measurement, Limits limits)
    {
        // A rule on devices asks that two of them are bad, whatever the share.
        if (rule.Traits.IsOfDevices && measurement.Offending < MinOffendingDevices)
            return false;
        if (rule.Mode == RuleMode.Bound)
            return ShareBound.Of(rule, measurement).Low > ShareBound.Allowed(rule, limits.Breach);
        // A percentile above the limit means that more attempts were slower than its rank leaves above it: the count is exact where a sketch's value is not.
        return rule.Traits.Quantile is { } quantile
            ? measurement.Offending > measurement.Attempts - RankOf(quantile, measurement.Attempts)
            : IsBeyond(rule, measurement.Value!.Value, limits.Breach);
    }

    /// <summary>
    /// Not in breach is good where good begins at the threshold; in mode <c>bound</c> the other bound must say so, except after a total failure,
    /// whose app may be too small for any bound.
    /// </summary>
    private static bool IsGood(AlertRule rule, AlertState state, Measurement measurement, Limits limits)
    {
        if (limits.Recover != limits.Breach && IsBeyond(rule, measurement.Value!.Value, limits.Recover))
            return false;
        return rule.Mode == RuleMode.Point || !state.IsOpen || HasFiredOnTotalFailure(state)
            || ShareBound.Of(rule, measurement).High <= ShareBound.Allowed(rule, limits.Recover);
    }

    /// <summary>Nearest rank, ceil(q·n); decimal, so that 0.99 × 100 is 99 and not a little more.</summary>
    private static long RankOf(double quantile, long attempts) => (long)Math.Ceiling((decimal)quantile * attempts);

    private static bool IsBeyond(AlertRule rule, double value, double limit) => rule.IsBadBelow ? value < limit : value > limit;
}
