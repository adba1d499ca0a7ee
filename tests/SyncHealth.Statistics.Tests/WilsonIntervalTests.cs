using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SyncHealth.Statistics.Tests;

public sealed class WilsonIntervalTests
{
    /// <summary>Newcombe (1998), Statistics in Medicine 17:857, Table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void TwoSided_PublishedExample_MatchesToFourDigits(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.TwoSided(successes, trials);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    /// <summary>The most successes at which a success rate is below 95 % beyond doubt (one-sided, 95 %).</summary>
    [Theory]
    [InlineData(17, 20)]
    [InlineData(26, 30)]
    [InlineData(44, 50)]
    [InlineData(91, 100)]
    [InlineData(184, 200)]
    [InlineData(466, 500)]
    [InlineData(938, 1000)]
    public void OneSided_FewestFailuresThatProveABreachOf95_IsWhereTheTableSays(int successes, int trials)
    {
        Assert.True(WilsonInterval.OneSided(successes, trials).High < 0.95);
        Assert.True(WilsonInterval.OneSided(successes + 1, trials).High >= 0.95);
    }

    /// <summary>The fewest slow syncs at which more than 1 % are slow beyond doubt.</summary>
    [Theory]
    [InlineData(3, 100)]
    [InlineData(6, 300)]
    [InlineData(16, 1000)]
    [InlineData(117, 10_000)]
    [InlineData(1052, 100_000)]
    public void OneSided_FewestSlowSyncsThatProveMoreThan1Percent_IsWhereTheTableSays(int slow, int trials)
    {
        Assert.True(WilsonInterval.OneSided(slow, trials).Low > 0.01);
        Assert.True(WilsonInterval.OneSided(slow - 1, trials).Low <= 0.01);
    }

    [Fact]
    public void OneSided_940Of1000_LeavesRoomFor95Percent() =>
        Assert.Equal(0.9512, WilsonInterval.OneSided(940, 1000).High, 4);

    [Fact]
    public void TwoSided_NoTrials_SaysNothing() =>
        Assert.Equal(new Interval(0, 1), WilsonInterval.TwoSided(0, 0));

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    public void TwoSided_ImpossibleCounts_Throws(int successes, int trials) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.TwoSided(successes, trials));

    [Fact]
    public void TwoSided_AnyCounts_HoldsTheShareInsideTheUnitIntervalAndMirrors()
    {
        var counts =
            from trials in Gen.Choose(1, 1_000_000)
            from successes in Gen.Choose(0, trials)
            select (Successes: successes, Trials: trials);

        Prop.ForAll(counts.ToArbitrary(), x =>
        {
            var interval = WilsonInterval.TwoSided(x.Successes, x.Trials);
            var mirrored = WilsonInterval.TwoSided(x.Trials - x.Successes, x.Trials);
            var share = (double)x.Successes / x.Trials;
            return interval.Low >= 0 && interval.Low <= share && share <= interval.High && interval.High <= 1
                && Math.Abs(interval.Low - (1 - mirrored.High)) < 1e-9;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }
}
