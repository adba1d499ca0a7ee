namespace SyncHealth.Statistics.Verdicts;

/// <summary>The verdict on a release, stamped with the watermark of its data: a later one amends it.</summary>
/// <remarks>As <see cref="ReleaseJudge"/> found it: docs/statistics.md, "The release verdict".</remarks>
public sealed record ReleaseVerdict
{
    // The gravest first: what is certain before what is unknown.
    private static readonly Verdict[] Gravity = [Verdict.Worse, Verdict.Confounded, Verdict.StillArriving, Verdict.Insufficient, Verdict.Inconclusive];

    /// <summary>The verdict: worse when any metric is, overall or in a segment; not worse only when every metric is.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The release.</summary>
    public required string Release { get; init; }

    /// <summary>The baseline.</summary>
    public required string Baseline { get; init; }

    /// <summary>Up to when, in event time, the data was counted.</summary>
    public required DateTimeOffset Watermark { get; init; }

    /// <summary>Per metric over all strata.</summary>
    public required IReadOnlyList<MetricVerdict> Metrics { get; init; }

    /// <summary>Per stratum, by name; insufficient where an arm has too few devices.</summary>
    public required IReadOnlyList<SegmentVerdict> Segments { get; init; }

    /// <summary>The segments to name: worse beyond doubt among all segments.</summary>
    public IReadOnlyList<SegmentVerdict> WorseSegments => [.. Segments.Where(segment => segment.Verdict == Verdict.Worse)];

    /// <summary>How many devices have been heard of; null where unknown.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>Share of the expected events that have arrived.</summary>
    public required double ArrivedShare { get; init; }

    /// <summary>About how many more devices the release needs until every metric decides; null where it has decided or no number would do.</summary>
    public long? DevicesNeeded => Metrics.Any(metric => IsOpen(metric) && metric.DevicesNeeded is null) ? null : Metrics.Max(metric => metric.DevicesNeeded);

    internal static Verdict Over(IEnumerable<Verdict> parts)
    {
        var present = parts.ToHashSet();
        return Gravity.FirstOrDefault(present.Contains, Verdict.NotWorse);
    }

    private static bool IsOpen(MetricVerdict metric) => metric.Verdict is Verdict.Inconclusive or Verdict.Insufficient;
}
