namespace SyncHealth.Benchmarks;

/// <summary>Order statistics by nearest rank, as everywhere in SyncHealth.</summary>
internal static class Ranks
{
    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    /// <summary>The value of rank ceil(q·n).</summary>
    public static double Percentile(IEnumerable<double> values, double q)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(q * sorted.Length) - 1)];
    }
}
