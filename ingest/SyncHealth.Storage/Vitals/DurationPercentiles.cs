namespace SyncHealth.Storage.Vitals;

/// <summary>Nearest-rank percentiles in milliseconds, at most 1 % off.</summary>
public readonly record struct DurationPercentiles(double P50, double P90, double P99);
