namespace SyncHealth.Statistics.Distributions;

/// <summary>The chi-square distribution.</summary>
/// <remarks>Abramowitz and Stegun (1964), 26.4.19: its tail is the incomplete gamma function.</remarks>
public static class ChiSquare
{
    /// <summary>The probability of a value above <paramref name="statistic"/> by chance: the p-value of a chi-square test.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The statistic is negative or there is no degree of freedom.</exception>
    public static double Above(double statistic, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        return IncompleteGamma.Upper(degreesOfFreedom / 2.0, statistic / 2);
    }
}
