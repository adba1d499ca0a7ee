using SyncHealth.Statistics.Sequential;
using Xunit;

namespace SyncHealth.Statistics.Tests.Sequential;

public sealed class BernoulliSequenceTests
{
    /// <summary>confseq's unit tests of <c>bernoulli_confidence_interval</c>, α 0.05.</summary>
    [Theory]
    [InlineData(700, 1000, 100, 0.651629, 0.745949)]
    [InlineData(15, 50, 50, 0.129556, 0.511896)]
    [InlineData(5, 50, 50, 0.013021, 0.269264)]
    [InlineData(1, 50, 50, 0, 0.13489)]
    [InlineData(1, 2, 50, 0, 1)]
    [InlineData(100, 200, 1, 0.328923, 0.671076)]
    [InlineData(0, 1, 50, 0, 1)]
    [InlineData(1, 1, 50, 0, 1)]
    public void Of_ConfseqExample_Matches(double successes, double trials, double planned, double low, double high)
    {
        var interval = BernoulliSequence.Of(successes, trials, planned);

        Assert.Equal(low, interval.Low, 1e-5);
        Assert.Equal(high, interval.High, 1e-5);
    }

    [Fact]
    public void Of_NoTrials_SaysNothing() => Assert.Equal(new Interval(0, 1), BernoulliSequence.Of(0, 0, 100));

    [Theory]
    [InlineData(-1, 10, 100, 0.05)]
    [InlineData(11, 10, 100, 0.05)]
    [InlineData(1, 10, 0, 0.05)]
    [InlineData(1, 10, 100, 1)]
    public void Of_ImpossibleArguments_Throws(double successes, double trials, double planned, double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BernoulliSequence.Of(successes, trials, planned, alpha));

    [Fact]
    public void Of_AMillionTrials_IsNarrowAndFinite()
    {
        var interval = BernoulliSequence.Of(950_000, 1_000_000, 1000);

        Assert.InRange(interval.Low, 0.948, 0.95);
        Assert.InRange(interval.High, 0.95, 0.952);
    }

    [Fact]
    public void LogEvidenceOfDifference_EqualShares_IsNone() =>
        Assert.InRange(BernoulliSequence.LogEvidenceOfDifference(45, 50, 90, 100, 100), double.NegativeInfinity, 0);

    [Fact]
    public void LogEvidenceOfDifference_OppositeShares_IsProof() =>
        Assert.InRange(BernoulliSequence.LogEvidenceOfDifference(2, 50, 98, 100, 100), Math.Log(1e9), double.PositiveInfinity);

    [Theory]
    [InlineData(0, 0, 5, 10)]
    [InlineData(5, 10, 0, 0)]
    public void LogEvidenceOfDifference_AnEmptyArm_IsNone(double successes1, double trials1, double successes2, double trials2) =>
        Assert.Equal(0, BernoulliSequence.LogEvidenceOfDifference(successes1, trials1, successes2, trials2, 100));

    /// <summary>Exact from the first device on: of 400 pairs of equal releases that are looked at after each device, at most 5 % ever alarm.</summary>
    [Fact]
    public void LogEvidenceOfDifference_EqualSharesLookedAtAllTheTime_RaisesFewFalseAlarms()
    {
        const int runs = 400;
        var random = new Random(7);
        var alarms = 0;
        for (var run = 0; run < runs; run++)
        {
            double first = 0, second = 0;
            var isAlarm = false;
            for (var n = 1; n <= 60 && !isAlarm; n++)
            {
                first += random.NextDouble() < 0.8 ? 1 : 0;
                second += random.NextDouble() < 0.8 ? 1 : 0;
                isAlarm = BernoulliSequence.LogEvidenceOfDifference(first, n, second, n, 100) >= Math.Log(20);
            }

            alarms += isAlarm ? 1 : 0;
        }

        Assert.InRange(alarms, 0, 0.05 * runs);
    }
}
