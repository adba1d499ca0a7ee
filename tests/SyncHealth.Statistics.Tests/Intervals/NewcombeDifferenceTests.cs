using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Intervals;
using Xunit;

namespace SyncHealth.Statistics.Tests.Intervals;

public sealed class NewcombeDifferenceTests
{
    /// <summary>Newcombe (1998), Statistics in Medicine 17:873, Table II, method 10.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    public void TwoSided_PublishedExample_MatchesToFourDigits(int successes1, int trials1, int successes2, int trials2, double low, double high)
    {
        var interval = NewcombeDifference.TwoSided(successes1, trials1, successes2, trials2);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void TwoSided_AnArmWithoutTrials_AllowsEverythingThatItAllows()
    {
        Assert.Equal(new Interval(-1, 1), NewcombeDifference.TwoSided(0, 0, 0, 0));
        Assert.Equal(-1, NewcombeDifference.TwoSided(0, 0, 20, 20).Low);
    }

    [Theory]
    [InlineData(11, 10, 1, 10)]
    [InlineData(1, 10, -1, 10)]
    public void TwoSided_ImpossibleCounts_Throws(int successes1, int trials1, int successes2, int trials2) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NewcombeDifference.TwoSided(successes1, trials1, successes2, trials2));

    [Fact]
    public void TwoSided_AnyCounts_HoldsTheDifferenceAndMirrors()
    {
        var counts =
            from n1 in Gen.Choose(1, 10_000)
            from n2 in Gen.Choose(1, 10_000)
            from x1 in Gen.Choose(0, n1)
            from x2 in Gen.Choose(0, n2)
            select (X1: x1, N1: n1, X2: x2, N2: n2);

        Prop.ForAll(counts.ToArbitrary(), c =>
        {
            var interval = NewcombeDifference.TwoSided(c.X1, c.N1, c.X2, c.N2);
            var swapped = NewcombeDifference.TwoSided(c.X2, c.N2, c.X1, c.N1);
            var difference = ((double)c.X1 / c.N1) - ((double)c.X2 / c.N2);
            return interval.Low <= difference + 1e-12 && difference <= interval.High + 1e-12
                && interval.Low >= -1 - 1e-12 && interval.High <= 1 + 1e-12
                && Math.Abs(interval.Low + swapped.High) < 1e-12;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }
}
