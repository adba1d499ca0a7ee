using SyncHealth.Statistics.Distributions;

namespace SyncHealth.Statistics.Strata;

/// <summary>What a chi-square test says.</summary>
/// <param name="Statistic">The chi-square statistic.</param>
/// <param name="DegreesOfFreedom">Its degrees of freedom.</param>
/// <param name="P">The probability of such a statistic by chance, looked at once.</param>
public readonly record struct ChiSquareResult(double Statistic, int DegreesOfFreedom, double P)
{
    internal static ChiSquareResult Of(double statistic, int degreesOfFreedom) =>
        new(statistic, degreesOfFreedom, ChiSquare.Above(statistic, degreesOfFreedom));
}
