namespace SyncHealth.Dashboard.Health;

/// <summary>How many of how many were bad: failed attempts, attempts over 60 s, devices with too deep a queue.</summary>
public readonly record struct Tally(long Bad, long Total)
{
    public double Share => Total == 0 ? 0 : (double)Bad / Total;

    public static Tally operator +(Tally left, Tally right) => new(left.Bad + right.Bad, left.Total + right.Total);

    public static Tally operator -(Tally left, Tally right) => new(left.Bad - right.Bad, left.Total - right.Total);

    public static Tally Sum(IEnumerable<Tally> tallies) => tallies.Aggregate(default(Tally), (sum, tally) => sum + tally);

    /// <summary>
    /// How much better two rates (this part's, and the rest's) explain <paramref name="whole"/> than one rate does: the logarithm of the
    /// likelihood ratio of Kulldorff's scan statistic (1997). 0 when this part is not worse than the rest, or when there is no rest.
    /// </summary>
    public double EvidenceWithin(Tally whole)
    {
        var rest = whole - this;
        if (Total <= 0 || rest.Total <= 0 || Share <= rest.Share)
            return 0;
        return LogLikelihood() + rest.LogLikelihood() - whole.LogLikelihood();
    }

    private double LogLikelihood() => Term(Bad) + Term(Total - Bad);

    private double Term(long count) => count <= 0 ? 0 : count * Math.Log((double)count / Total);
}
