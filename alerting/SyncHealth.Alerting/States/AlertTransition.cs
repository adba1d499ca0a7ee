using SyncHealth.Alerting.Evaluation;

namespace SyncHealth.Alerting.States;

/// <summary>One change of status, with the finding that led to it.</summary>
/// <param name="Finding">Null only where the rule is gone and nothing was evaluated.</param>
public sealed record AlertTransition(
    int Sequence, int Episode, AlertStatus From, AlertStatus To, DateTimeOffset At, TransitionReason Reason, Finding? Finding)
{
    /// <summary>Whether it opens an incident.</summary>
    public bool Opens => To == AlertStatus.Firing && From is not AlertStatus.Recovering;

    /// <summary>Whether it closes one.</summary>
    public bool Closes => To == AlertStatus.Resolved;
}
