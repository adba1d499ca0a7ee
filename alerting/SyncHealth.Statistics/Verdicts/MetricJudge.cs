using SyncHealth.Statistics.Sequential;
using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>The rules of a verdict on one metric.</summary>
internal sealed class MetricJudge(long plannedDevices)
{
    private readonly ConfidenceSequence _sequence = new(plannedDevices, VerdictLimits.Alpha);

    public MetricVerdict Judge(MetricEvidence evidence)
    {
        var rule = MetricRule.Of(evidence.Metric);
        var margin = rule.Margin(evidence.Baseline.Devices == 0 ? 0 : evidence.Baseline.Share);
        var verdict = new MetricVerdict
        {
            Metric = evidence.Metric,
            Verdict = Verdict.Insufficient,
            Method = VerdictMethod.Exact,
            Release = evidence.Release,
            Baseline = evidence.Baseline,
            Margin = margin,
            DevicesNeeded = Math.Max(1, VerdictLimits.MinimumDevices - evidence.Release.Devices),
        };
        if (!HasEnough(evidence))
            return verdict;

        var comparison = new Comparison(_sequence);
        var concurrent = comparison.Concurrent(evidence.Strata, evidence);
        var placebo = Placebo(comparison, evidence);
        verdict = verdict with { Placebo = placebo?.Interval, HeterogeneityP = StratifiedDifference.HeterogeneityP(evidence.Strata) };
        if (placebo is not { ExcludesZero: true })
            return Decided(verdict, concurrent);

        // The arms were never alike: only the devices' own before and after can clear or convict the release.
        if (comparison.DifferenceInDifferences(evidence.Changes, evidence.Metric) is not { } own)
            return Decided(verdict, concurrent) with { Verdict = Verdict.Confounded, DevicesNeeded = null };
        var decided = Decided(verdict, own);
        return decided.Verdict == Verdict.Inconclusive ? decided with { Verdict = Verdict.Confounded } : decided;
    }

    private static bool HasEnough(MetricEvidence evidence) =>
        Math.Min(evidence.Release.Devices, evidence.Baseline.Devices) >= VerdictLimits.MinimumDevices;

    private static Finding? Placebo(Comparison comparison, MetricEvidence evidence)
    {
        var before = evidence with
        {
            Release = MetricEvidence.Sum(evidence.Placebo.Select(stratum => stratum.Treated)),
            Baseline = MetricEvidence.Sum(evidence.Placebo.Select(stratum => stratum.Control)),
            Overlaps = [],
        };
        return HasEnough(before) ? comparison.Concurrent(evidence.Placebo, before) : null;
    }

    private MetricVerdict Decided(MetricVerdict verdict, Finding finding)
    {
        var decision = Decide(verdict, finding);
        return verdict with
        {
            Verdict = decision,
            Method = finding.Method,
            Difference = finding.Value,
            Interval = finding.Interval,
            LogEvidence = finding.LogEvidence,
            P = AlwaysValid.P(finding.LogEvidence),
            DevicesNeeded = decision == Verdict.Inconclusive ? DevicesNeeded(verdict, finding) : null,
        };
    }

    private static Verdict Decide(MetricVerdict verdict, Finding finding)
    {
        var harm = MetricRule.Of(verdict.Metric).Harm(finding);
        if (harm.Low > 0 && harm.Value >= verdict.Margin * VerdictLimits.FloorOfMargin)
            return Verdict.Worse;
        return harm.High < verdict.Margin ? Verdict.NotWorse : Verdict.Inconclusive;
    }

    /// <summary>More release devices until the interval around the present difference is short enough for either answer, both arms growing alike.</summary>
    private long? DevicesNeeded(MetricVerdict verdict, Finding finding)
    {
        var harm = MetricRule.Of(verdict.Metric).Harm(finding).Value;
        var toConvict = harm >= verdict.Margin * VerdictLimits.FloorOfMargin ? harm : 0;
        var target = Math.Max(toConvict, verdict.Margin - harm);
        bool IsEnough(long devices) => _sequence.HalfWidth(devices, finding.VariancePerDevice) < target;
        if (!IsEnough(VerdictLimits.MostDevicesNeeded))
            return null;

        var (release, baseline) = (verdict.Release.Devices, verdict.Baseline.Devices);
        var both = Bisection.First(0, VerdictLimits.MostDevicesNeeded, IsEnough);
        var ofRelease = (long)Math.Ceiling(both * ((double)release / (release + baseline)));
        return Math.Max(1, Math.Max(ofRelease, VerdictLimits.AsymptoticDevices) - release);
    }
}
