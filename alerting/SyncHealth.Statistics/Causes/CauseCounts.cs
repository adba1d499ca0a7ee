namespace SyncHealth.Statistics.Causes;

/// <summary>What rollups know of one segment in one period.</summary>
/// <param name="Attempts">Attempts.</param>
/// <param name="Failures">Those that count as bad: failed, slow or conflicted ones.</param>
/// <param name="Devices">Distinct devices.</param>
/// <remarks>The proportion of Agresti and Caffo (2000), American Statistician 54:280.</remarks>
public readonly record struct CauseCounts(long Attempts, long Failures, long Devices)
{
    /// <summary>Failures per attempt; 0 without attempts.</summary>
    public double Rate => Attempts == 0 ? 0 : (double)Failures / Attempts;

    /// <summary>The binomial variance of <see cref="Rate"/>, with one more failure and one more success, so that few attempts are never sure.</summary>
    /// <remarks>Agresti and Caffo (2000), American Statistician 54:280.</remarks>
    internal double RateVariance
    {
        get
        {
            var rate = (Failures + 1) / (Attempts + 2.0);
            return rate * (1 - rate) / (Attempts + 2);
        }
    }

    internal CauseCounts Part(double share) =>
        new((long)Math.Round(share * Attempts), (long)Math.Round(share * Failures), (long)Math.Round(share * Devices));

    internal CauseCounts Less(CauseCounts part) => new(Attempts - part.Attempts, Failures - part.Failures, Devices - part.Devices);
}
