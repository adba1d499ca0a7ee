namespace SyncHealth.Statistics.Sequential;

/// <summary>Robbins' two-sided normal mixture: a bound on a centred sum that holds at every moment at once, not only at one.</summary>
/// <param name="Rho">Precision of the mixture; larger is tighter early, smaller is tighter late.</param>
/// <remarks>Robbins (1970), Annals of Mathematical Statistics 41:1397; notation and reference values of Howard, Ramdas, McAuliffe and Sekhon (2021), Annals of Statistics 49:1055 (confseq).</remarks>
public readonly record struct NormalMixture(double Rho)
{
    /// <summary>The mixture that is tightest when the variance process has reached <paramref name="variance"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive or alpha is not between 0 and 1.</exception>
    public static NormalMixture TightestAt(double variance, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variance);
        return new NormalMixture(variance / Spread(alpha));
    }

    /// <summary>ln of the mixture martingale at <paramref name="sum"/> with variance process <paramref name="variance"/>: the evidence against a mean of zero.</summary>
    public double LogMartingale(double sum, double variance) =>
        (0.5 * Math.Log(Rho / (variance + Rho))) + (sum * sum / (2 * (variance + Rho)));

    /// <summary>What the sum's absolute value exceeds, ever, with probability <paramref name="alpha"/> at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is not between 0 and 1.</exception>
    public double Bound(double variance, double alpha)
    {
        Probability.ThrowIfNotInside(alpha);
        return Math.Sqrt((variance + Rho) * (Math.Log(1 + (variance / Rho)) - (2 * Math.Log(alpha))));
    }

    /// <summary>−2 ln α + ln(1 − 2 ln α): how much wider than one standard deviation the tightest bound is, squared.</summary>
    internal static double Spread(double alpha)
    {
        Probability.ThrowIfNotInside(alpha);
        return (-2 * Math.Log(alpha)) + Math.Log(1 - (2 * Math.Log(alpha)));
    }
}
