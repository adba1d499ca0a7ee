namespace SyncHealth.Statistics.Multiplicity;

/// <summary>Which of many p-values to believe, so that at most a share q of the believed ones are false. For one-off reports; segments overlap and are looked at often, so verdicts use <see cref="EBenjaminiHochberg"/>.</summary>
/// <remarks>Benjamini and Hochberg (1995), JRSS B 57:289.</remarks>
public static class BenjaminiHochberg
{
    /// <summary>For each p-value whether it is rejected (believed to be no chance), in the order given.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<bool> Rejected(IReadOnlyList<double> pValues, double q)
    {
        Probability.ThrowIfNotInside(q);
        var sorted = pValues.Order().ToArray();
        var last = Enumerable.Range(0, sorted.Length).LastOrDefault(index => sorted[index] <= q * (index + 1) / sorted.Length, -1);
        return [.. pValues.Select(p => last >= 0 && p <= sorted[last])];
    }

    /// <summary>Bonferroni's stricter answer: no false belief at all with probability 1 − <paramref name="alpha"/>. Dunn (1961), JASA 56:52.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<bool> RejectedByBonferroni(IReadOnlyList<double> pValues, double alpha)
    {
        Probability.ThrowIfNotInside(alpha);
        return [.. pValues.Select(p => p <= alpha / pValues.Count)];
    }
}
