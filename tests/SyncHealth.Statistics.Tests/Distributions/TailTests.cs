using SyncHealth.Statistics.Distributions;
using Xunit;

namespace SyncHealth.Statistics.Tests.Distributions;

/// <summary>The incomplete gamma and beta functions, and the distributions made of them.</summary>
public sealed class TailTests
{
    /// <summary>The 5 % and 1 % points of any table of chi-square.</summary>
    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(11.070497693516351, 5, 0.05)]
    [InlineData(6.634896601021214, 1, 0.01)]
    [InlineData(0, 3, 1)]
    [InlineData(double.PositiveInfinity, 3, 0)]
    public void ChiSquareAbove_TabledPoint_IsItsProbability(double statistic, int degrees, double expected) =>
        Assert.Equal(expected, ChiSquare.Above(statistic, degrees), 1e-13);

    [Fact]
    public void IncompleteGammaUpper_ShapeOne_IsTheExponential()
    {
        foreach (var x in (double[])[0.01, 0.5, 1.99, 2.01, 10, 100])
            Assert.Equal(1, IncompleteGamma.Upper(1, x) / Math.Exp(-x), 1e-12);
    }

    [Fact]
    public void IncompleteBeta_ParametersOne_IsTheIdentity()
    {
        foreach (var x in (double[])[0, 0.2, 0.5, 0.9, 1])
            Assert.Equal(x, IncompleteBeta.Of(x, 1, 1), 1e-14);
    }

    [Fact]
    public void IncompleteBeta_SwappedParameters_IsTheOtherTail() =>
        Assert.Equal(1 - IncompleteBeta.Of(0.3, 7, 2.5), IncompleteBeta.Of(0.7, 2.5, 7), 1e-14);

    [Fact]
    public void BinomialAtMost_TenTrials_IsTheSumOfTheTerms()
    {
        double[] choose = [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1];
        var sum = 0.0;
        for (var count = 0; count <= 10; count++)
        {
            sum += choose[count] * Math.Pow(0.3, count) * Math.Pow(0.7, 10 - count);
            Assert.Equal(sum, IncompleteBeta.BinomialAtMost(count, 10, 0.3), 1e-14);
        }
    }

    [Fact]
    public void BinomialAtMost_HundredMillionTrials_StillConverges() =>
        Assert.Equal(0.5, IncompleteBeta.BinomialAtMost(50_000_000, 100_000_000, 0.5), 1e-4);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(10, 1)]
    [InlineData(11, 1)]
    public void BinomialAtMost_OutsideTheTrials_IsNothingOrAll(int count, double expected) =>
        Assert.Equal(expected, IncompleteBeta.BinomialAtMost(count, 10, 0.3));

    [Fact]
    public void Functions_ImpossibleArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquare.Above(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChiSquare.Above(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteGamma.Upper(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteBeta.Of(1.1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteBeta.BinomialAtMost(1, -1, 0.5));
    }
}
