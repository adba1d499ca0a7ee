namespace SyncHealth.Statistics.Intervals;

/// <summary>The interval of a difference of two independent proportions, made of their two Wilson intervals.</summary>
/// <remarks>Newcombe (1998), Statistics in Medicine 17:873, method 10. For independent trials looked at once; devices and repeated looks need <see cref="Sequential.ConfidenceSequence"/>.</remarks>
public static class NewcombeDifference
{
    /// <summary>The interval of (first − second).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Counts are negative or more successes than trials, or the confidence is not between 0 and 1.</exception>
    public static Interval TwoSided(long successes1, long trials1, long successes2, long trials2, double confidence = WilsonInterval.DefaultConfidence)
    {
        var first = WilsonInterval.TwoSided(successes1, trials1, confidence);
        var second = WilsonInterval.TwoSided(successes2, trials2, confidence);
        if (trials1 == 0 || trials2 == 0)
            return new Interval(first.Low - second.High, first.High - second.Low);

        var (p1, p2) = ((double)successes1 / trials1, (double)successes2 / trials2);
        return new Interval(
            p1 - p2 - double.Hypot(p1 - first.Low, second.High - p2),
            p1 - p2 + double.Hypot(first.High - p1, p2 - second.Low));
    }
}
