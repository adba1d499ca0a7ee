using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.States;

/// <summary>The state machine of an alert instance: a pure function, so that stored findings replay to the same transitions. Drawn in docs/alerts.md.</summary>
public static class AlertMachine
{
    private static readonly HashSet<(AlertStatus From, AlertStatus To)> Legal =
    [
        (AlertStatus.Inactive, AlertStatus.Pending), (AlertStatus.Inactive, AlertStatus.Firing),
        (AlertStatus.Pending, AlertStatus.Firing), (AlertStatus.Pending, AlertStatus.Inactive),
        (AlertStatus.Firing, AlertStatus.Recovering), (AlertStatus.Firing, AlertStatus.Resolved),
        (AlertStatus.Recovering, AlertStatus.Firing), (AlertStatus.Recovering, AlertStatus.Resolved),
        (AlertStatus.Resolved, AlertStatus.Pending), (AlertStatus.Resolved, AlertStatus.Firing),
    ];

    /// <summary>Whether an alert may go from one status to the other.</summary>
    public static bool IsLegal(AlertStatus from, AlertStatus to) => Legal.Contains((from, to));

    /// <summary>The state after an evaluation at <paramref name="now"/>.</summary>
    public static Step Next(AlertRule rule, AlertState state, Finding finding, DateTimeOffset now)
    {
        var seen = Observe(rule, state, finding, now);
        var verdict = InGrace(seen, now) && finding.Verdict == Verdict.TotalFailure ? Verdict.Breach : finding.Verdict;
        return (seen.Status, verdict) switch
        {
            (_, Verdict.NoEvidence) => Stay(seen with { HeldAt = null }),
            (AlertStatus.Inactive or AlertStatus.Resolved, Verdict.TotalFailure) => Fire(seen, finding, now),
            (AlertStatus.Inactive or AlertStatus.Resolved, Verdict.Breach) => rule.For == TimeSpan.Zero && !InGrace(seen, now)
                ? Fire(seen, finding, now)
                : Move(seen, AlertStatus.Pending, TransitionReason.Breach, finding, now),
            (AlertStatus.Pending, Verdict.TotalFailure) => Fire(seen, finding, now),
            (AlertStatus.Pending, Verdict.Breach) => Hold(seen, now) is var held && held.Held >= rule.For && !InGrace(seen, now) ? Fire(held, finding, now) : Stay(held),
            (AlertStatus.Pending, _) => Move(seen, AlertStatus.Inactive, TransitionReason.Passed, finding, now),
            (AlertStatus.Firing, Verdict.Good) => rule.KeepFiringFor == TimeSpan.Zero
                ? Resolve(seen, TransitionReason.Recovered, finding, now)
                : Move(seen, AlertStatus.Recovering, TransitionReason.Recovered, finding, now),
            (AlertStatus.Recovering, Verdict.Good) => Hold(seen, now) is var held && held.Held >= rule.KeepFiringFor
                ? Resolve(held, TransitionReason.Recovered, finding, now)
                : Stay(held),
            (AlertStatus.Recovering, _) => Move(seen, AlertStatus.Firing, TransitionReason.Relapsed, finding, now),
            _ => Stay(seen),
        };
    }

    /// <summary>The end of an instance whose rule is gone: an open incident resolves and says why, anything else falls silent.</summary>
    public static Step Remove(AlertState state, DateTimeOffset now) => state switch
    {
        { IsOpen: true } => Resolve(state, TransitionReason.RuleDeleted, null, now),
        { Status: AlertStatus.Pending } => Move(state, AlertStatus.Inactive, TransitionReason.RuleDeleted, null, now),
        _ => Stay(state),
    };

    /// <summary>A new segment may be in breach, but not yet fire.</summary>
    private static bool InGrace(AlertState state, DateTimeOffset now) => state.GraceUntil > now;

    private static AlertState Observe(AlertRule rule, AlertState state, Finding finding, DateTimeOffset now) => finding.Verdict switch
    {
        Verdict.NoEvidence => state with { SilentSince = state.SilentSince ?? now },
        Verdict.Breach or Verdict.TotalFailure => state with
        {
            SilentSince = null,
            LastBreachAt = now,
            Worst = state.IsOpen ? Worse(rule, state.Worst, finding.Measurement.Value) : state.Worst,
            MostOffending = state.IsOpen ? Math.Max(state.MostOffending ?? 0, finding.Measurement.Offending) : state.MostOffending,
        },
        _ => state with { SilentSince = null },
    };

    private static double? Worse(AlertRule rule, double? one, double? other) =>
        one is null || other is null ? one ?? other
        : rule.IsBadBelow ? Math.Min(one.Value, other.Value) : Math.Max(one.Value, other.Value);

    private static AlertState Hold(AlertState state, DateTimeOffset now) =>
        state with { Held = state.Held + (state.HeldAt is { } at && now > at ? now - at : TimeSpan.Zero), HeldAt = now };

    private static Step Stay(AlertState state) => new(state, null);

    private static Step Fire(AlertState state, Finding finding, DateTimeOffset now)
    {
        var total = finding.Verdict == Verdict.TotalFailure;
        var firing = state with
        {
            Episode = state.Episode + 1, FiredAt = now, FiredOnTotalFailure = total, Worst = finding.Measurement.Value, MostOffending = finding.Measurement.Offending, Told = [], HeldBack = [],
        };
        return Move(firing, AlertStatus.Firing, total ? TransitionReason.TotalFailure : TransitionReason.Breach, finding, now);
    }

    private static Step Resolve(AlertState state, TransitionReason reason, Finding? finding, DateTimeOffset now) =>
        Move(state with { SpentUntil = state.LastBreachAt }, AlertStatus.Resolved, reason, finding, now);

    private static Step Move(AlertState state, AlertStatus to, TransitionReason reason, Finding? finding, DateTimeOffset now)
    {
        var moved = state with { Status = to, Since = now, Sequence = state.Sequence + 1, Held = TimeSpan.Zero, HeldAt = now };
        return new Step(moved, new AlertTransition(moved.Sequence, moved.Episode, state.Status, to, now, reason, finding));
    }
}
