namespace SyncHealth.Statistics.Ranks;

/// <summary>Whether values of one sample tend to be larger than those of another, by their order alone.</summary>
/// <remarks>Mann and Whitney (1947), Annals of Mathematical Statistics 18:50; as R's <c>wilcox.test</c>.</remarks>
public static class MannWhitney
{
    /// <summary>Above this size of either sample the number of orders is no longer counted, as in R.</summary>
    public const int LargestExactSize = 50;

    /// <summary>U of the first sample (R's W): pairs in which its value is the larger, ties counted half.</summary>
    public static double U(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        var sorted = second.Order().ToArray();
        return first.Sum(value => (Below(sorted, value) + Below(sorted, Math.BitIncrement(value))) / 2.0);
    }

    /// <summary>The chance that a value of the first sample exceeds one of the second: the common-language effect size.</summary>
    /// <remarks>McGraw and Wong (1992), Psychological Bulletin 111:361, by counting pairs: Vargha and Delaney (2000), JEBS 25:101, as Kayenta's <c>cles</c>. ½ when either is empty.</remarks>
    public static double CommonLanguageEffect(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second) =>
        first.Count == 0 || second.Count == 0 ? 0.5 : U(first, second) / ((double)first.Count * second.Count);

    /// <summary>The probability of such a U or a larger one when nothing differs.</summary>
    /// <returns>Exact for samples without ties of up to <see cref="LargestExactSize"/>; else the normal approximation with continuity and tie correction (Lehmann, 1975, section 1.4).</returns>
    public static double PGreater(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        if (first.Count == 0 || second.Count == 0)
            return 1;
        var u = U(first, second);
        var ties = first.Concat(second).GroupBy(value => value).Select(group => (double)group.Count()).Where(count => count > 1).ToArray();
        return ties.Length == 0 && first.Count <= LargestExactSize && second.Count <= LargestExactSize
            ? ExactP(first.Count, second.Count, (int)u)
            : ApproximateP(first.Count, second.Count, u, ties);
    }

    /// <summary>Counts the orders by their U: adding the largest value of the first sample to an order of one less.</summary>
    private static double ExactP(int first, int second, int u)
    {
        // share[n][k]: share of the orders of m first and n second values that have U = k, built up over m.
        var most = first * second;
        var share = Enumerable.Range(0, second + 1).Select(_ => StartAt(0, most)).ToArray();
        for (var m = 1; m <= first; m++)
        {
            var next = new double[second + 1][];
            next[0] = StartAt(0, most);
            for (var n = 1; n <= second; n++)
            {
                // The largest of all is of the first sample with probability m/(m+n); it then exceeds n values.
                next[n] = new double[most + 1];
                for (var k = 0; k <= m * n; k++)
                    next[n][k] = ((k >= n ? m * share[n][k - n] : 0) + (n * next[n - 1][k])) / (m + n);
            }

            share = next;
        }

        return share[second].Skip(u).Sum();
    }

    private static double[] StartAt(int u, int most)
    {
        var counts = new double[most + 1];
        counts[u] = 1;
        return counts;
    }

    private static double ApproximateP(double first, double second, double u, double[] ties)
    {
        var n = first + second;
        var variance = first * second / 12 * (n + 1 - (ties.Sum(count => (count * count * count) - count) / (n * (n - 1))));
        return variance <= 0 ? 1 : StandardNormal.Cumulative(-(u - (first * second / 2) - 0.5) / Math.Sqrt(variance));
    }

    private static long Below(double[] sorted, double value) => Bisection.First(-1, sorted.Length, index => sorted[index] >= value);
}
