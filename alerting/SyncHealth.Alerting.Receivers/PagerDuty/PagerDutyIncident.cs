namespace SyncHealth.Alerting.Receivers.PagerDuty;

/// <summary>An incident as PagerDuty keeps it.</summary>
/// <param name="Status"><c>open</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
/// <param name="Triggers">Trigger events joined in it.</param>
public sealed record PagerDutyIncident(
    string DedupKey, string Summary, string Source, string Severity, string Status, int Triggers, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt);
