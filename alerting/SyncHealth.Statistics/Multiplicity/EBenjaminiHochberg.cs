namespace SyncHealth.Statistics.Multiplicity;

/// <summary>Which of many e-values to believe, so that at most a share α of the believed ones are false, however they depend on each other and however often one looks.</summary>
/// <remarks>Wang and Ramdas (2022), JRSS B 84:822, arXiv:2009.02824: reject the k largest, k the greatest with k·e₍ₖ₎/K ≥ 1/α.</remarks>
public static class EBenjaminiHochberg
{
    /// <summary>For each e-value, given by its logarithm, whether it is rejected (believed to be no chance), in the order given.</summary>
    /// <param name="logEvidence">ln e of each; +∞ is beyond doubt.</param>
    /// <param name="alpha">The share of false beliefs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<bool> Rejected(IReadOnlyList<double> logEvidence, double alpha)
    {
        Probability.ThrowIfNotInside(alpha);
        var sorted = logEvidence.OrderDescending().ToArray();
        var needed = Math.Log(sorted.Length / alpha);
        var last = Enumerable.Range(0, sorted.Length).LastOrDefault(index => Math.Log(index + 1) + sorted[index] >= needed, -1);
        return [.. logEvidence.Select(log => last >= 0 && log >= sorted[last])];
    }
}
