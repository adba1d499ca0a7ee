namespace SyncHealth.Storage.Vitals;

/// <summary>Bucket counts per group, in the metric's unit (<c>ms</c>, <c>items</c> or <c>s</c>).</summary>
public sealed record DistributionAnswer(
    string App, DateTimeOffset From, DateTimeOffset To, string Metric, string Unit, IReadOnlyList<DistributionGroup> Groups);
