using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Intervals;
using Xunit;

namespace SyncHealth.Statistics.Tests.Intervals;

public sealed class QuantileRanksTests
{
    [Theory]
    [InlineData(25, 0.5, 8, 18, 0.9567)]
    [InlineData(100, 0.5, 40, 61, 0.9648)]
    [InlineData(1000, 0.99, 983, 997, 0.9761)]
    [InlineData(10_000, 0.99, 9880, 9920, 0.9558)]
    public void TwoSided_PublishedExample_HasItsRanksAndCoverage(long size, double quantile, long low, long high, double coverage)
    {
        var ranks = QuantileRanks.TwoSided(size, quantile);

        Assert.Equal((low, high), (ranks.Low, ranks.High));
        Assert.Equal(coverage, ranks.Coverage, 4);
    }

    [Fact]
    public void UpperBound_OfP99_ExistsFrom299ValuesOn()
    {
        Assert.Null(QuantileRanks.UpperBound(298, 0.99));
        Assert.Equal(299, QuantileRanks.UpperBound(299, 0.99));
        Assert.Equal(0.9505, 1 - Math.Pow(0.99, 299), 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void TwoSided_TooFewForTheMedian_HasNoBounds(long size)
    {
        var ranks = QuantileRanks.TwoSided(size, 0.5);

        Assert.Null(ranks.Low);
        Assert.Null(ranks.High);
        Assert.Equal(1, ranks.Coverage);
    }

    [Fact]
    public void TwoSided_SixValues_IsTheWholeRange() => Assert.Equal((1L, 6L), (QuantileRanks.TwoSided(6, 0.5).Low, QuantileRanks.TwoSided(6, 0.5).High));

    [Theory]
    [InlineData(-1, 0.5, 0.95)]
    [InlineData(10, 0, 0.95)]
    [InlineData(10, 1, 0.95)]
    [InlineData(10, 0.5, 1)]
    public void TwoSided_ImpossibleArguments_Throws(long size, double quantile, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuantileRanks.TwoSided(size, quantile, confidence));

    [Fact]
    public void TwoSided_AnySizeAndQuantile_CoversAtLeastAsOftenAsItSays()
    {
        var cases =
            from size in Gen.Choose(1, 200_000)
            from permille in Gen.Choose(1, 999)
            select (Size: size, Quantile: permille / 1000.0);

        Prop.ForAll(cases.ToArbitrary(), x =>
        {
            var ranks = QuantileRanks.TwoSided(x.Size, x.Quantile);
            return ranks.Coverage >= 0.95 - 1e-9 && (ranks.Low ?? 1) >= 1 && (ranks.High ?? x.Size) <= x.Size && (ranks.Low ?? 0) < (ranks.High ?? x.Size + 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }
}
