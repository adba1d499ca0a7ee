namespace SyncHealth.Statistics.Sequential;

/// <summary>Whether two samples have the same quantile, at every look: exact for any distribution.</summary>
/// <remarks>Howard and Ramdas (2022), Bernoulli 28:1704, arXiv:1906.09712, section 5; confseq's <c>QuantileABTest</c>.</remarks>
public static class QuantileComparison
{
    /// <summary>The always-valid p-value of "both samples have the same <paramref name="quantile"/>".</summary>
    /// <param name="first">Values of the first arm, in any order.</param>
    /// <param name="second">Values of the second arm.</param>
    /// <param name="quantile">The quantile, such as 0.5.</param>
    /// <param name="plannedTrials">Values per arm at which the test is sharpest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is not between 0 and 1, or no trial is planned.</exception>
    public static double P(IEnumerable<double> first, IEnumerable<double> second, double quantile, double plannedTrials)
    {
        Probability.ThrowIfNotInside(quantile);
        var mixture = new BernoulliMixture(plannedTrials);
        double[][] arms = [[.. first.Order()], [.. second.Order()]];
        if (arms.Any(arm => arm.Length == 0))
            return 1;

        var likeliest = arms.Select(arm => GoldenSection.Lowest(0, arm.Length, below => mixture.LogMartingale(below, arm.Length, quantile))).ToArray();
        // Evidence changes only at a value and right after it.
        return AlwaysValid.P(arms.SelectMany(values => values).SelectMany<double, double>(value => [value, Math.BitIncrement(value)])
            .Min(value => arms.Zip(likeliest, (arm, count) => Evidence(mixture, arm, value, quantile, count)).Sum()));
    }

    /// <summary>The least evidence that an arm's quantile is not <paramref name="value"/>: the count below it may be anything from those strictly below to those up to it.</summary>
    private static double Evidence(BernoulliMixture mixture, double[] arm, double value, double quantile, double likeliest) =>
        mixture.LogMartingale(Math.Clamp(likeliest, CountBelow(arm, value), CountBelow(arm, Math.BitIncrement(value))), arm.Length, quantile);

    private static long CountBelow(double[] sorted, double value) =>
        Bisection.First(-1, sorted.Length, index => sorted[index] >= value);
}
