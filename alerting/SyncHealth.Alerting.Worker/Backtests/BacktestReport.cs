namespace SyncHealth.Alerting.Worker.Backtests;

/// <summary>What rules would have done over [<paramref name="From"/>, <paramref name="To"/>], evaluated every <paramref name="EverySeconds"/>.</summary>
public sealed record BacktestReport(
    DateTimeOffset From, DateTimeOffset To, double EverySeconds, IReadOnlyList<BacktestRule> Rules, IReadOnlyList<BacktestIncident> Incidents);
