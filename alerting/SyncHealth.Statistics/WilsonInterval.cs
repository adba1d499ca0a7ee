namespace SyncHealth.Statistics;

/// <summary>Wilson's score interval of a proportion: honest at small counts and near 0 and 1, where the textbook interval is not.</summary>
/// <remarks>Wilson (1927); formula and reference values as in Newcombe (1998), Statistics in Medicine 17:857, method 3.</remarks>
public static class WilsonInterval
{
    /// <summary>The usual confidence of an interval that is shown beside a rate.</summary>
    public const double DefaultConfidence = 0.95;

    /// <summary>Kept: an answer has such an interval for each of tens of thousands of points, and the quantile costs ten times the rest.</summary>
    private static readonly double DefaultZ = TwoSidedZ(DefaultConfidence);

    /// <summary>The interval that covers the true proportion with <paramref name="confidence"/>, half of the rest on each side. (0, 1) without trials.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Counts are negative or more successes than trials, or the confidence is not between 0 and 1.</exception>
    public static Interval TwoSided(long successes, long trials, double confidence = DefaultConfidence) =>
        At(successes, trials, confidence == DefaultConfidence ? DefaultZ : TwoSidedZ(confidence));

    /// <summary>Two one-sided bounds: the true proportion lies above <c>Low</c> with <paramref name="confidence"/>, and below <c>High</c> with the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="TwoSided"/>.</exception>
    public static Interval OneSided(long successes, long trials, double confidence = DefaultConfidence) =>
        At(successes, trials, StandardNormal.Quantile(confidence));

    private static double TwoSidedZ(double confidence) => StandardNormal.Quantile((1 + confidence) / 2);

    private static Interval At(long successes, long trials, double z)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
            return new Interval(0, 1);

        double n = trials;
        var p = successes / n;
        var shrink = 1 + (z * z / n);
        var centre = (p + (z * z / (2 * n))) / shrink;
        var half = z / shrink * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        // At 0 and n the bound is exactly 0 or 1; rounding would leave 1e-17.
        return new Interval(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
