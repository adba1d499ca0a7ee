namespace SyncHealth.Statistics.Sequential;

/// <summary>How far a whole sampled distribution may be from the true one, at every size of the sample at once: a band for all percentiles together.</summary>
/// <remarks>Howard and Ramdas (2022), Bernoulli 28:1704, arXiv:1906.09712, theorem 2; confseq's <c>empirical_process_lil_bound</c>.</remarks>
public static class EmpiricalDistributionBound
{
    /// <summary>confseq's default of the bound's leading factor; at least √½.</summary>
    public const double DefaultFactor = 0.85;

    /// <summary>The largest constant searched for; it grows with ln(1/α) and 300 serves α = 10⁻¹⁰⁰.</summary>
    private const double LargestConstant = 1000;

    /// <summary>The greatest distance in probability at <paramref name="sampleSize"/> values, with probability 1 − <paramref name="alpha"/> for all sizes from <paramref name="minimumSize"/> on.</summary>
    /// <returns>Infinite below the minimum size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is not between 0 and 1, or the minimum is below 1.</exception>
    public static double At(double sampleSize, double alpha, double minimumSize, double factor = DefaultFactor)
    {
        Probability.ThrowIfNotInside(alpha);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumSize, 1);
        if (sampleSize < minimumSize)
            return double.PositiveInfinity;
        var constant = Bisection.Find(1, LargestConstant, c => Error(c, factor) > alpha);
        return factor * Math.Sqrt((Math.Log(1 + Math.Log(sampleSize / minimumSize)) + constant) / sampleSize);
    }

    /// <summary>The chance of ever leaving the band with constant <paramref name="c"/>, at the best ratio of successive epochs.</summary>
    private static double Error(double c, double factor)
    {
        var widest = Bisection.Find(1, 2 * factor * factor, eta => Math.Sqrt(eta / 2) + Math.Sqrt(2 * (eta - 1) / c) < factor);
        return ErrorAt(c, factor, GoldenSection.Lowest(1, widest, eta => ErrorAt(c, factor, eta)));
    }

    private static double ErrorAt(double c, double factor, double eta)
    {
        var gap = factor - Math.Sqrt(2 * (eta - 1) / c);
        var gamma = 2 / eta * gap * gap;
        return gamma <= 1 || eta <= 1 ? double.PositiveInfinity : 4 * Math.Exp(-gamma * c) * (1 + (1 / ((gamma - 1) * Math.Log(eta))));
    }
}
