namespace SyncHealth.Alerting.Worker.Backtests;

/// <summary>One incident that a rule would have opened.</summary>
/// <param name="Class"><c>threshold</c>, <c>no_data</c> or <c>late</c>.</param>
/// <param name="ResolvedAt">Null when it would still be open.</param>
/// <param name="Worst">The worst value of it, in the rule's unit.</param>
public sealed record BacktestIncident(
    string Rule, string App, IReadOnlyDictionary<string, string> Segment, string Class, DateTimeOffset FiredAt, DateTimeOffset? ResolvedAt, string Reason, double? Worst);
