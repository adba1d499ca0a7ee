namespace SyncHealth.Alerting.Worker.Backtests;

/// <summary>What a rule would have done.</summary>
/// <param name="MedianDurationSeconds">Of the incidents that ended; null without any.</param>
/// <param name="Brief">Incidents over within five minutes: noise, more often than not.</param>
/// <param name="Refused">Why the rule could not be run over the past; null when it was.</param>
public sealed record BacktestRule(string Rule, string Severity, int Incidents, int Open, double? MedianDurationSeconds, int Brief, string? Refused);
