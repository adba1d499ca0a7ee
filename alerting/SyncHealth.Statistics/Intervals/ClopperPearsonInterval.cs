using SyncHealth.Statistics.Distributions;

namespace SyncHealth.Statistics.Intervals;

/// <summary>The exact interval of a proportion: covers the truth at least as often as it says, at every sample size; wider than <see cref="WilsonInterval"/>.</summary>
/// <remarks>Clopper and Pearson (1934), Biometrika 26:404; reference values in Newcombe (1998), Statistics in Medicine 17:857, method 5.</remarks>
public static class ClopperPearsonInterval
{
    /// <summary>The interval that covers the true proportion with at least <paramref name="confidence"/>. (0, 1) without trials.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Counts are negative or more successes than trials, or the confidence is not between 0 and 1.</exception>
    public static Interval TwoSided(long successes, long trials, double confidence = WilsonInterval.DefaultConfidence)
    {
        Probability.ThrowIfNotCounts(successes, trials);
        Probability.ThrowIfNotInside(confidence);
        var tail = (1 - confidence) / 2;
        return new Interval(LowAt(successes, trials, tail), 1 - LowAt(trials - successes, trials, tail));
    }

    /// <summary>The proportion at which so many successes or more have the probability <paramref name="tail"/>.</summary>
    private static double LowAt(long successes, long trials, double tail) =>
        successes == 0 ? 0 : Bisection.Find(0, 1, p => IncompleteBeta.Of(p, successes, trials - successes + 1.0) < tail);
}
