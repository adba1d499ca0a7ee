namespace SyncHealth.Statistics.Ranks;

/// <summary>A difference of means in standard deviations.</summary>
public static class CohenD
{
    /// <summary>(mean of first − mean of second) / pooled standard deviation; not a number below two values in either, infinite where neither varies but the means differ.</summary>
    /// <remarks>Cohen (1988), Statistical Power Analysis, section 2.2, with Hedges' pooled variance over n − 1; as Kayenta's <c>cohenD</c>.</remarks>
    public static double Of(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        if (first.Count < 2 || second.Count < 2)
            return double.NaN;
        var (mean1, mean2) = (first.Average(), second.Average());
        var squares = first.Sum(value => (value - mean1) * (value - mean1)) + second.Sum(value => (value - mean2) * (value - mean2));
        return (mean1 - mean2) / Math.Sqrt(squares / (first.Count + second.Count - 2));
    }
}
