namespace SyncHealth.Alerting.Receivers.PagerDuty;

/// <summary>A change event as PagerDuty shows it beside incidents.</summary>
public sealed record PagerDutyChange(string Summary, string Source, DateTimeOffset At);
