using SyncHealth.Statistics.Devices;

namespace SyncHealth.Statistics.Strata;

/// <summary>The difference of two arms compared stratum by stratum, so that a different mix of phones and networks is not taken for a difference of quality (Simpson).</summary>
/// <remarks>
/// The Mantel-Haenszel risk difference Σ w(r₁−r₀) / Σ w: Mantel and Haenszel (1959), JNCI 22:719; Greenland and Robins (1985), Biometrics 41:55;
/// with the variance over devices of <see cref="DeviceSums"/> in place of the binomial one.
/// </remarks>
public static class StratifiedDifference
{
    /// <summary>The stratum of what is too small to stand alone.</summary>
    public const string Other = "other";

    /// <summary>Fewer devices than this in either arm have no variance worth the name.</summary>
    public const int MinimumDevices = 5;

    /// <summary>Strata with enough devices in both arms as they are; the rest together as <see cref="Other"/>. One that only one arm has is left out: pooled, it would be compared with something else.</summary>
    public static IReadOnlyList<StratumComparison> Pooled(IEnumerable<StratumComparison> strata)
    {
        var bySize = strata.Where(stratum => stratum is { Treated.Devices: > 0, Control.Devices: > 0 }).ToLookup(IsLargeEnough);
        var rest = bySize[false].ToArray();
        return rest.Length == 0
            ? [.. bySize[true]]
            : [.. bySize[true], rest.Aggregate(new StratumComparison(Other, default, default), (sum, next) => sum with { Treated = sum.Treated + next.Treated, Control = sum.Control + next.Control })];
    }

    /// <summary>The difference over all strata that have at least two devices in both arms; null where there is none.</summary>
    /// <param name="strata">The strata, disjoint in attempts.</param>
    /// <param name="overlaps">Devices that are in two strata; without them strata count as independent.</param>
    public static Difference? Of(IReadOnlyList<StratumComparison> strata, IReadOnlyList<StratumOverlap>? overlaps = null)
    {
        var usable = strata.Where(stratum => stratum is { Treated.Devices: >= 2, Control.Devices: >= 2 }).ToArray();
        if (usable.Length == 0)
            return null;

        var total = usable.Sum(stratum => stratum.Weight);
        var value = usable.Sum(stratum => stratum.Weight / total * (stratum.Treated.Share - stratum.Control.Share));
        var treated = usable.Sum(stratum => Squared(stratum.Weight / total) * stratum.Treated.Estimate()!.Value.Variance);
        var control = usable.Sum(stratum => Squared(stratum.Weight / total) * stratum.Control.Estimate()!.Value.Variance);
        foreach (var overlap in overlaps ?? [])
        {
            if (Named(usable, overlap.First) is not { } first || Named(usable, overlap.Second) is not { } second)
                continue;
            var weight = 2 * first.Weight / total * second.Weight / total;
            treated += weight * overlap.Treated.Covariance(first.Treated, second.Treated);
            control += weight * overlap.Control.Covariance(first.Control, second.Control);
        }

        // A covariance estimated from few devices may exceed the variances by a rounding.
        (treated, control) = (Math.Max(0, treated), Math.Max(0, control));
        return new Difference(value, treated + control, treated, usable.Sum(stratum => stratum.Treated.Devices), usable.Sum(stratum => stratum.Control.Devices));
    }

    /// <summary>The p-value of "the difference is the same in every stratum"; below 0.05 one number for all strata hides something.</summary>
    /// <remarks>Cochran's Q: Cochran (1954), Biometrics 10:101, over the strata's own differences and variances. 1 below two strata with a variance.</remarks>
    public static double HeterogeneityP(IReadOnlyList<StratumComparison> strata)
    {
        var parts = strata.Select(stratum => Of([stratum])).OfType<Difference>().Where(part => part.Variance > 0).ToArray();
        if (parts.Length < 2)
            return 1;
        var mean = parts.Sum(part => part.Value / part.Variance) / parts.Sum(part => 1 / part.Variance);
        return Distributions.ChiSquare.Above(parts.Sum(part => Squared(part.Value - mean) / part.Variance), parts.Length - 1);
    }

    private static bool IsLargeEnough(StratumComparison stratum) =>
        stratum.Treated.Devices >= MinimumDevices && stratum.Control.Devices >= MinimumDevices;

    private static StratumComparison? Named(StratumComparison[] strata, string name) => Array.Find(strata, stratum => stratum.Name == name);

    private static double Squared(double value) => value * value;
}
