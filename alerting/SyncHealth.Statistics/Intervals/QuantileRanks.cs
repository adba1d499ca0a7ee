using SyncHealth.Statistics.Distributions;

namespace SyncHealth.Statistics.Intervals;

/// <summary>Between which ranks of a sorted sample a quantile lies: exact for any distribution.</summary>
/// <param name="Low">Rank of the lower bound, from 1; null where the sample is too small to have one.</param>
/// <param name="High">Rank of the upper bound; null where the sample is too small to have one: say "at least", never page.</param>
/// <param name="Coverage">The probability that the interval holds the quantile; a missing bound lies at infinity.</param>
/// <remarks>Order statistics: David and Nagaraja (2003), Order Statistics, section 7.1; Hahn and Meeker (1991), section 5.2.</remarks>
public readonly record struct QuantileRanks(long? Low, long? High, double Coverage)
{
    /// <summary>The ranks that hold the quantile with at least <paramref name="confidence"/>, at most half of the rest on each side.</summary>
    /// <param name="sampleSize">Values in the sample.</param>
    /// <param name="quantile">The quantile, such as 0.99.</param>
    /// <param name="confidence">Probability of holding it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative, or the quantile or confidence is not between 0 and 1.</exception>
    public static QuantileRanks TwoSided(long sampleSize, double quantile, double confidence = WilsonInterval.DefaultConfidence)
    {
        Check(sampleSize, quantile, confidence);
        var tail = (1 - confidence) / 2;
        var low = LowRank(sampleSize, quantile, tail);
        var high = HighRank(sampleSize, quantile, tail);
        var below = low is { } l ? IncompleteBeta.BinomialAtMost(l - 1, sampleSize, quantile) : 0;
        var upTo = high is { } h ? IncompleteBeta.BinomialAtMost(h - 1, sampleSize, quantile) : 1;
        return new QuantileRanks(low, high, upTo - below);
    }

    /// <summary>The rank whose value is an upper bound of the quantile with <paramref name="confidence"/>; null where the sample is too small (below 299 for p99 at 95 %).</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="TwoSided"/>.</exception>
    public static long? UpperBound(long sampleSize, double quantile, double confidence = WilsonInterval.DefaultConfidence)
    {
        Check(sampleSize, quantile, confidence);
        return HighRank(sampleSize, quantile, 1 - confidence);
    }

    private static void Check(long sampleSize, double quantile, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sampleSize);
        Probability.ThrowIfNotInside(quantile);
        Probability.ThrowIfNotInside(confidence);
    }

    /// <summary>The highest rank that lies above the quantile with probability <paramref name="tail"/> at most: fewer than that many values were below it.</summary>
    private static long? LowRank(long n, double q, double tail)
    {
        if (n == 0 || IncompleteBeta.BinomialAtMost(0, n, q) > tail)
            return null;
        return Bisection.First(1, n + 1, rank => IncompleteBeta.BinomialAtMost(rank - 1, n, q) > tail) - 1;
    }

    private static long? HighRank(long n, double q, double tail)
    {
        if (n == 0 || IncompleteBeta.BinomialAtMost(n - 1, n, q) < 1 - tail)
            return null;
        return Bisection.First(0, n, rank => IncompleteBeta.BinomialAtMost(rank - 1, n, q) >= 1 - tail);
    }
}
