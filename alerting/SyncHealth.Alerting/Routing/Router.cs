using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Routing;

/// <summary>Decides who hears of an evaluation.</summary>
public static class Router
{
    /// <summary>The configured ones of the receivers a rule names.</summary>
    public static IReadOnlyList<string> Reached(AlertRule rule, IReadOnlyCollection<string> configured) =>
        [.. rule.Notify.Where(configured.Contains)];

    /// <summary>
    /// The end of an incident goes to exactly those who were told of its beginning, even if the rule was edited, removed or silenced meanwhile.
    /// A beginning that is held back is told as soon as nothing holds it back any more, if the incident is still open then. An alert that flaps keeps
    /// the incident that receivers hold open, until it is quiet.
    /// </summary>
    /// <param name="rule">The rule, as it holds for the alert's class.</param>
    /// <param name="step">What the evaluation did.</param>
    /// <param name="reached">Receivers that can be told now.</param>
    /// <param name="mute">Why messages are held back; null when they go out.</param>
    /// <param name="finding">What the evaluation saw; null where the rule is gone.</param>
    /// <param name="now">Its moment.</param>
    /// <param name="later">Receivers that a mute time of their route holds back; null for none.</param>
    public static Routed Route(
        AlertRule rule, Step step, IReadOnlyList<string> reached, MuteReason? mute, Finding? finding, DateTimeOffset now, IReadOnlyList<string>? later = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(step);
        var transition = step.Transition;
        var state = FlapGuard.Observe(step.State, transition is { Opens: true } or { Closes: true }, now);
        if (state.Flap is { } flap)
            return finding is null || FlapGuard.IsQuiet(state, rule.Window, now) ? AfterFlap(state, flap, finding, now) : Flapping(state, flap);
        if (transition is { Closes: true } && finding is not null && FlapGuard.IsFlapping(state) && state is { Told.Count: > 0, FiredAt: { } firedAt })
            return Flapping(state, new Flap(state.Episode, firedAt, state.Told));
        var routed = Steady(step with { State = state }, reached, later ?? [], mute, finding, now);
        return routed with { Mute = mute ?? (routed.State is { IsOpen: true, Told.Count: 0, HeldBack.Count: > 0 } ? MuteReason.OffHours : null) };
    }

    private static Routed Steady(Step step, IReadOnlyList<string> reached, IReadOnlyList<string> later, MuteReason? mute, Finding? finding, DateTimeOffset now)
    {
        var (state, transition) = step;
        if (transition is { Opens: true })
            return mute is null
                ? new Routed(state with { Told = reached, HeldBack = later }, All(reached, NoticeKind.Trigger), transition)
                : new Routed(state with { Told = [], HeldBack = [.. reached, .. later] }, [], null);
        if (transition is { Closes: true })
            return new Routed(state with { HeldBack = [] }, All(state.Told, NoticeKind.Resolve), transition);
        if (mute is null && state is { Status: AlertStatus.Firing, HeldBack.Count: > 0 })
            return Release(state, reached, later, finding, now);
        return new Routed(state, [], null);
    }

    /// <summary>Tells those whom nothing holds back any more. Who has gone from the alert's routes meanwhile is not waited for.</summary>
    private static Routed Release(AlertState state, IReadOnlyList<string> reached, IReadOnlyList<string> later, Finding? finding, DateTimeOffset now)
    {
        string[] free = [.. state.HeldBack.Where(reached.Contains)];
        var told = state with { Told = [.. state.Told, .. free], HeldBack = [.. state.HeldBack.Where(later.Contains)] };
        return free.Length == 0 ? new Routed(told, [], null) : new Routed(told, All(free, NoticeKind.Trigger), Opening(state, finding, now));
    }

    private static Routed Flapping(AlertState state, Flap flap) =>
        new(state with { Flap = flap, Told = [], HeldBack = [] }, [], null) { Mute = MuteReason.Flapping };

    /// <summary>The alert is quiet. In breach: the incident goes on for those who hold it. Good: it ends for them now.</summary>
    private static Routed AfterFlap(AlertState state, Flap flap, Finding? finding, DateTimeOffset now)
    {
        if (state.IsOpen)
            return new Routed(state, [], null);
        var done = state with { Flap = null, Told = [] };
        var end = new AlertTransition(
            state.Sequence, flap.Episode, AlertStatus.Firing, AlertStatus.Resolved, now, finding is null ? TransitionReason.RuleDeleted : TransitionReason.Recovered, finding);
        return new Routed(done, All(flap.Told, NoticeKind.Resolve), end) { Incident = done with { Episode = flap.Episode, FiredAt = flap.FiredAt } };
    }

    private static IReadOnlyList<Notice> All(IReadOnlyList<string> receivers, NoticeKind kind) => [.. receivers.Select(receiver => new Notice(receiver, kind))];

    /// <summary>The beginning of an incident that is told later than it was.</summary>
    private static AlertTransition Opening(AlertState state, Finding? finding, DateTimeOffset now) => new(
        state.Sequence, state.Episode, AlertStatus.Inactive, AlertStatus.Firing, now,
        state.FiredOnTotalFailure ? TransitionReason.TotalFailure : TransitionReason.Breach, finding);
}
