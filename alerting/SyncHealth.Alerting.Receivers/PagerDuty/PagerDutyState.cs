namespace SyncHealth.Alerting.Receivers.PagerDuty;

/// <summary>PagerDuty's incidents and changes.</summary>
public sealed record PagerDutyState(IReadOnlyList<PagerDutyIncident> Incidents, IReadOnlyList<PagerDutyChange> Changes);
