namespace SyncHealth.Statistics.Sequential;

/// <summary>The exact confidence sequence of a share, and of the difference of two: for the first devices of a release, where nothing asymptotic holds.</summary>
/// <remarks>confseq's <c>bernoulli_confidence_interval</c>: Howard, Ramdas, McAuliffe and Sekhon (2021), Annals of Statistics 49:1055.</remarks>
public static class BernoulliSequence
{
    /// <summary>The shares that the data do not rule out at level <paramref name="alpha"/>, at all looks together.</summary>
    /// <param name="successes">Successes, or a sum of values between 0 and 1.</param>
    /// <param name="trials">Trials.</param>
    /// <param name="plannedTrials">Trials at which the interval is tightest.</param>
    /// <param name="alpha">Chance of excluding the truth, ever.</param>
    /// <returns>(0, 1) without trials.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Counts are negative or more successes than trials, no trial is planned, or alpha is not between 0 and 1.</exception>
    public static Interval Of(double successes, double trials, double plannedTrials, double alpha = ConfidenceSequence.DefaultAlpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        Probability.ThrowIfNotInside(alpha);
        // confseq plans the mixture for 5 % whatever level is asked for.
        var mixture = new BernoulliMixture(plannedTrials);
        if (trials == 0)
            return new Interval(0, 1);

        var share = successes / trials;
        var threshold = -Math.Log(alpha);
        var low = share > 0 ? Bisection.Find(0, share, p => mixture.LogMartingale(successes, trials, p) > threshold) : 0;
        var high = share < 1 ? Bisection.Find(share, 1, p => mixture.LogMartingale(successes, trials, p) <= threshold) : 1;
        return new Interval(low, high);
    }

    /// <summary>ln of the e-value that two shares differ: the least evidence, over all shares they could have in common, of both arms together.</summary>
    /// <remarks>Two independent martingales multiply to one; its smallest value over the common share is an e-process: Howard and Ramdas (2022), Bernoulli 28:1704, section 5.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="Of"/>.</exception>
    public static double LogEvidenceOfDifference(double successes1, double trials1, double successes2, double trials2, double plannedTrials)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes1, trials1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes2, trials2);
        if (trials1 <= 0 || trials2 <= 0)
            return 0;
        var mixture = new BernoulliMixture(plannedTrials);
        double Together(double p) => mixture.LogMartingale(successes1, trials1, p) + mixture.LogMartingale(successes2, trials2, p);
        return Together(GoldenSection.Lowest(0, 1, Together));
    }
}
