namespace SyncHealth.Alerting.Evaluation;

/// <summary>The time [<paramref name="From"/>, <paramref name="To"/>) on the shared clock.</summary>
public readonly record struct TimeWindow(DateTimeOffset From, DateTimeOffset To);
