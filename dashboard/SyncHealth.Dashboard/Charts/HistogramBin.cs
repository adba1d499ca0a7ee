namespace SyncHealth.Dashboard.Charts;

/// <summary>One bar of a histogram: values below <paramref name="Below"/> that no earlier bar took.</summary>
/// <param name="Tick">Its upper end, short enough for an axis.</param>
/// <param name="Label">Both its ends.</param>
public readonly record struct HistogramBin(double Below, string Tick, string Label);
