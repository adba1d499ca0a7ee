namespace SyncHealth.Alerting.Evaluation;

/// <summary>How many devices are expected at this hour of the week, and whether those heard from are too few to be chance.</summary>
public static class SilentFleet
{
    /// <summary>Earlier weeks that are looked at; raw events and device hours reach back that far.</summary>
    public const int Weeks = 4;

    /// <summary>Distance, in standard deviations, beyond which a count is no chance.</summary>
    private const double Sigmas = 3;

    /// <summary>The median of the earlier weeks; null when fewer than half of them had a device, because nothing can be expected then.</summary>
    public static double? Expected(IReadOnlyList<long> weeks)
    {
        ArgumentNullException.ThrowIfNull(weeks);
        if (weeks.Count(count => count > 0) * 2 < Weeks)
            return null;
        var sorted = weeks.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }

    /// <summary>
    /// Whether <paramref name="observed"/> lies below the 3-sigma bound of an overdispersed Poisson count: variance φ·expected, where φ, at least 1,
    /// is what the earlier weeks scatter more than chance would.
    /// </summary>
    public static bool IsBelowChance(long observed, double expected, IReadOnlyList<long> weeks)
    {
        ArgumentNullException.ThrowIfNull(weeks);
        var mean = weeks.Average();
        var variance = weeks.Count > 1 ? weeks.Sum(count => (count - mean) * (count - mean)) / (weeks.Count - 1) : 0;
        var dispersion = mean > 0 ? Math.Max(1, variance / mean) : 1;
        return observed < expected - (Sigmas * Math.Sqrt(dispersion * expected));
    }
}
