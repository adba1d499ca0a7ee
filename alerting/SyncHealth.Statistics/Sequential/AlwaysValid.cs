namespace SyncHealth.Statistics.Sequential;

/// <summary>p-values that survive peeking.</summary>
/// <remarks>Johari, Koomen, Pekelis and Walsh (2017), KDD, "Peeking at A/B Tests"; Ville's inequality (1939).</remarks>
public static class AlwaysValid
{
    /// <summary>min(1, 1/E) of the e-value with logarithm <paramref name="logEvidence"/>.</summary>
    public static double P(double logEvidence) => Math.Min(1, Math.Exp(-logEvidence));

    /// <summary>The p-value over time: evidence once found is not lost by a later look, so it is the smallest so far.</summary>
    public static IEnumerable<double> RunningMinimum(IEnumerable<double> pValues)
    {
        var smallest = 1.0;
        foreach (var p in pValues)
            yield return smallest = Math.Min(smallest, p);
    }
}
