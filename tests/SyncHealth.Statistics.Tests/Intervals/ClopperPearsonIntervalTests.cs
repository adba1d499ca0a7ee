using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Intervals;
using Xunit;

namespace SyncHealth.Statistics.Tests.Intervals;

public sealed class ClopperPearsonIntervalTests
{
    /// <summary>Newcombe (1998), Statistics in Medicine 17:857, Table I, method 5.</summary>
    [Theory]
    [InlineData(81, 263, 0.2527, 0.3676)]
    [InlineData(0, 20, 0, 0.1684)]
    public void TwoSided_PublishedExample_MatchesToFourDigits(int successes, int trials, double low, double high)
    {
        var interval = ClopperPearsonInterval.TwoSided(successes, trials);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void TwoSided_NothingFailed_HasTheClosedForm() =>
        Assert.Equal(Math.Pow(0.025, 1.0 / 20), ClopperPearsonInterval.TwoSided(20, 20).Low, 1e-12);

    [Fact]
    public void TwoSided_NoTrials_SaysNothing() => Assert.Equal(new Interval(0, 1), ClopperPearsonInterval.TwoSided(0, 0));

    [Theory]
    [InlineData(-1, 10, 0.95)]
    [InlineData(11, 10, 0.95)]
    [InlineData(5, 10, 1)]
    [InlineData(5, 10, 0)]
    public void TwoSided_ImpossibleArguments_Throws(int successes, int trials, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearsonInterval.TwoSided(successes, trials, confidence));

    [Fact]
    public void TwoSided_AnyCounts_HoldsWilsonsCentreAndGrowsWithConfidence()
    {
        var counts =
            from trials in Gen.Choose(1, 100_000)
            from successes in Gen.Choose(0, trials)
            select (Successes: successes, Trials: trials);

        Prop.ForAll(counts.ToArbitrary(), x =>
        {
            var interval = ClopperPearsonInterval.TwoSided(x.Successes, x.Trials);
            var surer = ClopperPearsonInterval.TwoSided(x.Successes, x.Trials, 0.99);
            var share = (double)x.Successes / x.Trials;
            return interval.Low <= share && share <= interval.High && surer.Low <= interval.Low && interval.High <= surer.High;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true));
    }

    /// <summary>What exact means: whatever the truth, the interval holds it at least as often as it says.</summary>
    [Theory]
    [InlineData(0.03)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void TwoSided_EveryOutcomeOf30_CoversTheTruthInAtLeast95Percent(double truth)
    {
        var covered = 0.0;
        for (var successes = 0; successes <= 30; successes++)
        {
            var interval = ClopperPearsonInterval.TwoSided(successes, 30);
            if (interval.Low <= truth && truth <= interval.High)
                covered += Probability(successes, truth);
        }

        Assert.InRange(covered, 0.95, 1);
    }

    private static double Probability(int successes, double truth) =>
        Statistics.Distributions.IncompleteBeta.BinomialAtMost(successes, 30, truth) - Statistics.Distributions.IncompleteBeta.BinomialAtMost(successes - 1, 30, truth);
}
