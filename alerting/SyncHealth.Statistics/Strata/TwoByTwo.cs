namespace SyncHealth.Statistics.Strata;

/// <summary>Two groups and two outcomes, counted once each: one stratum of a Mantel-Haenszel analysis.</summary>
/// <param name="Events1">First group, with the event.</param>
/// <param name="Others1">First group, without.</param>
/// <param name="Events2">Second group, with the event.</param>
/// <param name="Others2">Second group, without.</param>
/// <remarks>One table of Mantel and Haenszel (1959), JNCI 22:719; odds ratio: Cornfield (1951), JNCI 11:1269; what adding up hides: Simpson (1951), JRSS B 13:238.</remarks>
public readonly record struct TwoByTwo(long Events1, long Others1, long Events2, long Others2)
{
    internal double N1 => (double)Events1 + Others1;

    internal double N2 => (double)Events2 + Others2;

    internal double Total => N1 + N2;

    internal double Events => (double)Events1 + Events2;

    internal double Others => (double)Others1 + Others2;

    /// <summary>Events1·Others2 / (Others1·Events2); infinite where the second group has only events or the first none missing.</summary>
    public double OddsRatio => (double)Events1 * Others2 / ((double)Others1 * Events2);

    /// <summary>The table of all strata together: the crude comparison that Simpson's paradox fools.</summary>
    public static TwoByTwo operator +(TwoByTwo left, TwoByTwo right) => checked(new(
        left.Events1 + right.Events1, left.Others1 + right.Others1, left.Events2 + right.Events2, left.Others2 + right.Others2));

    /// <summary>As <c>+</c>.</summary>
    public static TwoByTwo Add(TwoByTwo left, TwoByTwo right) => left + right;
}
