using SyncHealth.Alerting.States;

namespace SyncHealth.Alerting.Routing;

/// <summary>Whom to tell after an evaluation, of what, and the state that remembers it.</summary>
/// <param name="Subject">The transition that the notices are about; null when there are none.</param>
public sealed record Routed(AlertState State, IReadOnlyList<Notice> Notices, AlertTransition? Subject)
{
    /// <summary>The state as those to tell know it: of the incident that they hold open.</summary>
    public AlertState Incident { get; init; } = State;

    /// <summary>Why messages were held back; null when they were not.</summary>
    public MuteReason? Mute { get; init; }
}
