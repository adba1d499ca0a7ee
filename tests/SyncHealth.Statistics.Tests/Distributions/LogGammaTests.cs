using SyncHealth.Statistics.Distributions;
using Xunit;

namespace SyncHealth.Statistics.Tests.Distributions;

public sealed class LogGammaTests
{
    /// <summary>Γ(n) = (n − 1)!, Γ(½) = √π; the rest by R's lgamma.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(5, 3.1780538303479458)]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(1e-5, 11.512919692895826)]
    [InlineData(100.5, 361.4355404678)]
    public void Of_KnownValue_Matches(double x, double expected) => Assert.Equal(expected, LogGamma.Of(x), 1e-10);

    [Fact]
    public void Of_NextArgument_IsLargerByTheLogarithm()
    {
        foreach (var x in (double[])[0.1, 1.3, 7.7, 11.9, 12.1, 1e3, 1e6])
            Assert.Equal(Math.Log(x), LogGamma.Of(x + 1) - LogGamma.Of(x), 1e-8);
    }

    [Fact]
    public void Beta_SmallWholeNumbers_IsTheFractionOfFactorials() => Assert.Equal(Math.Log(1.0 / 60), LogGamma.Beta(3, 4), 1e-13);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_NotAPositiveNumber_Throws(double x) => Assert.Throws<ArgumentOutOfRangeException>(() => LogGamma.Of(x));
}
