using SyncHealth.Statistics.Causes;
using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>Where a release is worse: in one part of the fleet, or everywhere alike.</summary>
/// <remarks><see cref="CauseFinder"/> over the verdict's strata and their margins, the baseline in the place of the time before.</remarks>
public static class VerdictCause
{
    private static readonly VerdictMetric[] Metrics = [VerdictMetric.SuccessRate, VerdictMetric.SlowShare, VerdictMetric.ConflictedShare];

    /// <summary>The part that got worse, the surest of it, such as network cellular, or os android and network cellular; null where no single part stands out, or nothing is worse.</summary>
    public static IReadOnlyList<DimensionValue>? Of(ReleaseVerdict verdict)
    {
        if (verdict.Verdict != Verdict.Worse)
            return null;
        var metric = Metrics.Where(metric => verdict.Metrics.Concat(verdict.WorseSegments.SelectMany(segment => segment.Metrics)).Any(one => one.Metric == metric && one.Verdict == Verdict.Worse))
            .Cast<VerdictMetric?>().FirstOrDefault();
        return metric is { } worse ? Explain(verdict, worse).Causes.FirstOrDefault(cause => cause.Kind == CauseKind.GotWorse)?.Segment.Where : null;
    }

    private static Explanation Explain(ReleaseVerdict verdict, VerdictMetric metric)
    {
        var whole = verdict.Metrics.First(one => one.Metric == metric);
        var strata = verdict.Segments.Select(segment => (Where: WhereOf(segment.Stratum), One: segment.Metrics.First(one => one.Metric == metric))).ToArray();
        var margins = strata.SelectMany(stratum => stratum.Where.Select(value => (Value: value, stratum.One))).GroupBy(pair => pair.Value, pair => pair.One)
            .Where(group => group.Key.Value.Length > 0)
            .Select(group => new CauseElement([group.Key], Sum(group.Select(one => one.Baseline), metric), Sum(group.Select(one => one.Release), metric)));
        return CauseFinder.Explain(new CauseInput
        {
            Before = Counts(whole.Baseline, metric),
            Now = Counts(whole.Release, metric),
            Elements = [.. margins, .. strata.Select(stratum => new CauseElement(stratum.Where, Counts(stratum.One.Baseline, metric), Counts(stratum.One.Release, metric)))],
            DesignEffect = Math.Max(1, Math.Max(DesignEffect(whole.Release), DesignEffect(whole.Baseline))),
        });
    }

    private static DimensionValue[] WhereOf(Stratum stratum) => stratum.Version.Length == 0
        ? [new("os", stratum.Os), new("network", stratum.Network)]
        : [new("os", stratum.Os), new("network", stratum.Network), new("app_version", stratum.Version)];

    private static CauseCounts Sum(IEnumerable<DeviceSums> arms, VerdictMetric metric) =>
        arms.Select(arm => Counts(arm, metric)).Aggregate(default(CauseCounts), (sum, one) => new CauseCounts(sum.Attempts + one.Attempts, sum.Failures + one.Failures, sum.Devices + one.Devices));

    private static CauseCounts Counts(DeviceSums arm, VerdictMetric metric) => new(arm.Attempts, MetricRule.Of(metric).Bad(arm), arm.Devices);

    /// <summary>A release whose failures sit on one network has devices that are all half broken: their attempts are not independent.</summary>
    private static double DesignEffect(DeviceSums arm) => arm.Estimate() is { DesignEffect: var effect and >= 1 } ? effect : 1;
}
