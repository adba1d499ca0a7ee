namespace SyncHealth.Statistics.Causes;

/// <summary>A change of a rate in two parts that add up to it: what the segments did, and what moved between them.</summary>
/// <param name="Rate">The part that comes from segments getting better or worse.</param>
/// <param name="Mix">The part that comes from traffic moving between segments that stayed as they were.</param>
/// <remarks>Kitagawa (1955), JASA 50:1168: each part is weighted by the mean of before and now, so neither side is favoured.</remarks>
public readonly record struct MixRateSplit(double Rate, double Mix)
{
    /// <summary>The whole change.</summary>
    public double Total => Rate + Mix;

    /// <summary>Splits the change of the events' rate over segments that together are all attempts.</summary>
    /// <returns>Zero where either period has no attempts. A segment seen in one period only moves the mix.</returns>
    public static MixRateSplit Of(IReadOnlyCollection<SegmentCounts> segments)
    {
        double before = segments.Sum(segment => segment.AttemptsBefore), now = segments.Sum(segment => segment.AttemptsNow);
        if (before == 0 || now == 0)
            return default;
        return new MixRateSplit(
            segments.Sum(segment => ((segment.AttemptsBefore / before) + (segment.AttemptsNow / now)) / 2 * (segment.RateNow - segment.RateBefore)),
            segments.Sum(segment => (segment.RateBefore + segment.RateNow) / 2 * ((segment.AttemptsNow / now) - (segment.AttemptsBefore / before))));
    }
}
