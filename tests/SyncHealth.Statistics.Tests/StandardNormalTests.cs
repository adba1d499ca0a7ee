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

    /// <summary>Values of R's pnorm.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.96, 0.9750021048517795)]
    [InlineData(-3, 0.001349898031630095)]
    public void Cumulative_KnownValue_MatchesR(double x, double expected) =>
        Assert.Equal(expected, StandardNormal.Cumulative(x), 1e-14);

    [Fact]
    public void Cumulative_FarTail_KeepsItsRelativePrecision() =>
        Assert.Equal(1, StandardNormal.Cumulative(-20) / 2.753624118606234e-89, 1e-12);

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Cumulative_Infinite_IsNothingOrAll(double x, double expected) =>
        Assert.Equal(expected, StandardNormal.Cumulative(x));

    [Fact]
    public void Cumulative_OfAnyQuantile_IsTheProbability()
    {
        for (var probability = 0.001; probability < 1; probability += 0.001)
            Assert.Equal(probability, StandardNormal.Cumulative(StandardNormal.Quantile(probability)), 1e-13);
    }

    [Fact]
    public void TwoSidedP_TwoStandardErrors_CountsBothTails() =>
        Assert.Equal(0.04550026389635842, StandardNormal.TwoSidedP(-2), 1e-14);
}
