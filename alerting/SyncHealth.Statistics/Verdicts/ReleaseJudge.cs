using SyncHealth.Statistics.Multiplicity;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>Judges a release: worse, not worse, or honestly neither.</summary>
/// <remarks>
/// Stratified difference over devices (<see cref="Strata.StratifiedDifference"/>) with a confidence sequence (<see cref="Sequential.ConfidenceSequence"/>), so that it can be
/// asked at any time; segments by e-BH (<see cref="EBenjaminiHochberg"/>); early adopters by placebo and difference-in-differences. docs/statistics.md says it in plain words.
/// </remarks>
public static class ReleaseJudge
{
    private static readonly VerdictMetric[] PerAttempt = [VerdictMetric.SuccessRate, VerdictMetric.SlowShare, VerdictMetric.ConflictedShare];

    /// <summary>The verdict on the data of <paramref name="input"/>, and on nothing else: no earlier verdict, no clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No device is planned, or the arrived share is no share.</exception>
    public static ReleaseVerdict Judge(VerdictInput input)
    {
        if (!(input.ArrivedShare is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(input), input.ArrivedShare, "The arrived share must lie between 0 and 1.");

        var judge = new MetricJudge(input.PlannedDevices);
        var metrics = PerAttempt.Select(metric => MetricEvidence.Of(input, metric)).ToList();
        if (input.Coverage is { } coverage)
            metrics.Add(MetricEvidence.Of(coverage));
        var isArriving = input.ArrivedShare < VerdictLimits.CompleteShare;
        MetricVerdict[] overall = [.. metrics.Select(judge.Judge).Select(verdict => Held(verdict, isArriving))];
        var segments = Segments(input, judge, isArriving);
        return new ReleaseVerdict
        {
            Verdict = segments.Any(segment => segment.Verdict == Verdict.Worse) ? Verdict.Worse : ReleaseVerdict.Over(overall.Select(metric => metric.Verdict)),
            Release = input.Release,
            Baseline = input.Baseline,
            Watermark = input.Watermark,
            Metrics = overall,
            Segments = segments,
            Coverage = input.Coverage,
            ArrivedShare = input.ArrivedShare,
        };
    }

    private static SegmentVerdict[] Segments(VerdictInput input, MetricJudge judge, bool isArriving)
    {
        var judged = input.Strata.Select(row => row.Stratum).Distinct().OrderBy(stratum => stratum.Name, StringComparer.Ordinal)
            .SelectMany(stratum => PerAttempt.Select(metric => (Stratum: stratum, Verdict: judge.Judge(MetricEvidence.Of(input, metric, stratum)))))
            .ToArray();
        var asked = judged.Where(one => one.Verdict.Verdict != Verdict.Insufficient).ToArray();
        var believed = asked.Zip(EBenjaminiHochberg.Rejected([.. asked.Select(one => one.Verdict.LogEvidence)], VerdictLimits.Alpha))
            .Where(pair => pair.Second).Select(pair => pair.First.Verdict).ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. judged.GroupBy(one => one.Stratum, one => Held(Believed(one.Verdict, believed.Contains(one.Verdict)), isArriving))
                .Select(group => new SegmentVerdict(group.Key, [.. group])),
        ];
    }

    /// <summary>One of many segments is worse by chance: only what holds among all of them is said.</summary>
    private static MetricVerdict Believed(MetricVerdict verdict, bool isBelieved) =>
        verdict.Verdict == Verdict.Worse && !isBelieved ? verdict with { Verdict = Verdict.Inconclusive } : verdict;

    /// <summary>While data is on its way only a proven harm is said: failures arrive later than successes, so all else may still turn.</summary>
    private static MetricVerdict Held(MetricVerdict verdict, bool isArriving) =>
        isArriving && verdict.Verdict is not (Verdict.Worse or Verdict.Confounded) ? verdict with { Verdict = Verdict.StillArriving } : verdict;
}
