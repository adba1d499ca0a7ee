namespace SyncHealth.Statistics;

/// <summary>A closed interval of estimates, <see cref="Low"/> ≤ <see cref="High"/>.</summary>
public readonly record struct Interval(double Low, double High);
