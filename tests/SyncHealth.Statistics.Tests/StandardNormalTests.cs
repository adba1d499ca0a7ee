using Xunit;

namespace SyncHealth.Statistics.Tests;

public sealed class StandardNormalTests
{
    /// <summary>Values of R's qnorm, which the same algorithm computes.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(1e-12, -7.034483825301131)]
    public void Quantile_KnownProbability_MatchesPublishedValue(double probability, double expected) =>
        Assert.Equal(expected, StandardNormal.Quantile(probability), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Quantile_OutsideTheOpenUnitInterval_Throws(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardNormal.Quantile(probability));
}
