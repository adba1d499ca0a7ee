namespace SyncHealth.Statistics.Verdicts;

/// <summary>The verdict inside one stratum.</summary>
/// <param name="Stratum">The stratum.</param>
/// <param name="Metrics">Per metric; <see cref="Verdict.Worse"/> only where it holds among all segments together.</param>
/// <remarks>As <see cref="ReleaseJudge"/> found it: docs/statistics.md, "The release verdict".</remarks>
public sealed record SegmentVerdict(Stratum Stratum, IReadOnlyList<MetricVerdict> Metrics)
{
    /// <summary>The segment's verdict over its metrics.</summary>
    public Verdict Verdict => ReleaseVerdict.Over(Metrics.Select(metric => metric.Verdict));
}
