using SyncHealth.Statistics.Distributions;

namespace SyncHealth.Statistics.Sequential;

/// <summary>The beta-binomial mixture: exact evidence, at every sample size and every look, that a share is not the supposed one.</summary>
/// <remarks>
/// Howard, Ramdas, McAuliffe and Sekhon (2021), Annals of Statistics 49:1055, proposition 7, two-sided; confseq's <c>BetaBinomialMixture</c>.
/// Holds for trials with any value between 0 and 1 (a device's own share), not only 0 or 1: bounded values are sub-Bernoulli (their section 3).
/// </remarks>
public sealed class BernoulliMixture
{
    /// <summary>confseq's floor of the mixture's weight: a plan shorter than one trial has none.</summary>
    private const double MinimumWeight = 1e-3;

    private readonly double _weight;

    /// <summary>A mixture that is tightest at <paramref name="plannedTrials"/> for intervals of level <paramref name="alpha"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No trial is planned, or alpha is not between 0 and 1.</exception>
    public BernoulliMixture(double plannedTrials, double alpha = ConfidenceSequence.DefaultAlpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plannedTrials);
        _weight = Math.Max((plannedTrials / NormalMixture.Spread(alpha)) - 1, MinimumWeight);
    }

    /// <summary>ln of the martingale against a true share of <paramref name="share"/>, seen <paramref name="successes"/> (which may be fractional) in <paramref name="trials"/>.</summary>
    /// <returns>Infinite where the share is impossible; 0 without trials.</returns>
    public double LogMartingale(double successes, double trials, double share)
    {
        var others = trials - successes;
        if (share <= 0)
            return successes > 0 ? double.PositiveInfinity : 0;
        if (share >= 1)
            return others > 0 ? double.PositiveInfinity : 0;
        var (a, b) = (share * _weight, (1 - share) * _weight);
        return LogGamma.Beta(a + successes, b + others) - LogGamma.Beta(a, b) - (successes * Math.Log(share)) - (others * Math.Log(1 - share));
    }
}
