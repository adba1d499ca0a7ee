using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Sequential;
using SyncHealth.Statistics.Strata;

namespace SyncHealth.Statistics.Verdicts;

/// <summary>Compares two arms by the method that the amount of data allows.</summary>
internal sealed class Comparison(ConfidenceSequence sequence)
{
    /// <summary>The difference of the arms in the same days.</summary>
    public Finding Concurrent(IReadOnlyList<StratumComparison> strata, MetricEvidence evidence)
    {
        var pooled = StratifiedDifference.Pooled(strata);
        var difference = StratifiedDifference.Of(pooled, evidence.Overlaps);
        return difference is { } known && IsAsymptotic(evidence.Release, evidence.Metric) && IsAsymptotic(evidence.Baseline, evidence.Metric)
            ? Sequential(known with { TreatedDevices = evidence.Release.Devices, ControlDevices = evidence.Baseline.Devices }, VerdictMethod.Concurrent)
            : Exact(pooled);
    }

    /// <summary>The devices' own changes, adopters less the others; null where either arm has too few devices.</summary>
    /// <remarks>Difference-in-differences with the device as the unit, stratum by stratum; it assumes that without the release both would have changed alike.</remarks>
    public Finding? DifferenceInDifferences(IReadOnlyList<StratumChanges> strata, VerdictMetric metric)
    {
        var usable = strata.Select(row => (Treated: row.Release.Of(metric), Control: row.Baseline.Of(metric)))
            .Where(row => row is { Treated.Devices: >= 2, Control.Devices: >= 2 }).ToArray();
        var (treated, control) = (usable.Sum(row => row.Treated.Devices), usable.Sum(row => row.Control.Devices));
        if (Math.Min(treated, control) < VerdictLimits.AsymptoticDevices)
            return null;

        var weights = usable.Select(row => (double)row.Treated.Devices * row.Control.Devices / (row.Treated.Devices + row.Control.Devices)).ToArray();
        var total = weights.Sum();
        var value = usable.Zip(weights, (row, weight) => weight / total * (row.Treated.Mean - row.Control.Mean)).Sum();
        var fromTreated = usable.Zip(weights, (row, weight) => weight / total * (weight / total) * row.Treated.Variance).Sum();
        var fromControl = usable.Zip(weights, (row, weight) => weight / total * (weight / total) * row.Control.Variance).Sum();
        return Sequential(new Difference(value, fromTreated + fromControl, fromTreated, treated, control), VerdictMethod.DifferenceInDifferences);
    }

    private Finding Sequential(Difference difference, VerdictMethod method) =>
        new(method, difference.Value, sequence.IntervalOf(difference), sequence.LogEvidence(difference), difference.Variance * difference.Devices);

    /// <summary>Every device's own share is one bounded observation: exact whatever its attempts did to each other. Strata share the error between them.</summary>
    private static Finding Exact(IReadOnlyList<StratumComparison> strata)
    {
        var usable = strata.Where(stratum => stratum is { Treated.Devices: > 0, Control.Devices: > 0 }).ToArray();
        if (usable.Length == 0)
            return new Finding(VerdictMethod.Exact, 0, new Interval(-1, 1), 0, double.PositiveInfinity);

        var alpha = VerdictLimits.Alpha / (2 * usable.Length);
        var total = usable.Sum(DeviceWeight);
        var parts = usable.Select(stratum => (Weight: DeviceWeight(stratum) / total, Treated: IntervalOf(stratum.Treated, alpha), Control: IntervalOf(stratum.Control, alpha))).ToArray();
        return new Finding(
            VerdictMethod.Exact,
            usable.Sum(stratum => DeviceWeight(stratum) / total * (stratum.Treated.SharePerDevice - stratum.Control.SharePerDevice)),
            new Interval(parts.Sum(part => part.Weight * (part.Treated.Low - part.Control.High)), parts.Sum(part => part.Weight * (part.Treated.High - part.Control.Low))),
            usable.Sum(stratum => BernoulliSequence.LogEvidenceOfDifference(Shares(stratum.Treated), stratum.Treated.Devices, Shares(stratum.Control), stratum.Control.Devices, VerdictLimits.ExactPlannedDevices)),
            RoughVariancePerDevice(MetricEvidence.Sum(usable.Select(stratum => stratum.Treated)), MetricEvidence.Sum(usable.Select(stratum => stratum.Control))));
    }

    private static double DeviceWeight(StratumComparison stratum) =>
        (double)stratum.Treated.Devices * stratum.Control.Devices / ((double)stratum.Treated.Devices + stratum.Control.Devices);

    /// <summary>With so few failures the variance itself is a guess: one more success and one more failure an arm keep it from zero (Agresti and Coull, 1998).</summary>
    private static double RoughVariancePerDevice(DeviceSums treated, DeviceSums control) =>
        ((RoughVariance(treated) / treated.Devices) + (RoughVariance(control) / control.Devices)) * ((double)treated.Devices + control.Devices);

    private static double RoughVariance(DeviceSums arm)
    {
        var share = (Shares(arm) + 1) / (arm.Devices + 2);
        return share * (1 - share);
    }

    private static Interval IntervalOf(DeviceSums arm, double alpha) =>
        BernoulliSequence.Of(Shares(arm), arm.Devices, VerdictLimits.ExactPlannedDevices, alpha);

    /// <summary>Σ of the devices' own shares.</summary>
    private static double Shares(DeviceSums arm) => Math.Min(arm.Devices, (double)arm.ShareMillionths / DeviceSums.Millionth);

    private static bool IsAsymptotic(DeviceSums arm, VerdictMetric metric) =>
        arm.Devices >= VerdictLimits.AsymptoticDevices
        && arm.EffectiveDevices >= VerdictLimits.AsymptoticEffectiveDevices
        && MetricRule.Of(metric).Bad(arm) >= VerdictLimits.AsymptoticEvents;
}
