namespace SyncHealth.Alerting.Receivers.PagerDuty;

/// <summary>PagerDuty's incidents.</summary>
public sealed record PagerDutyState(IReadOnlyList<PagerDutyIncident> Incidents);
