using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Sequential;
using SyncHealth.Statistics.Strata;
using Xunit;

namespace SyncHealth.Statistics.Tests.Sequential;

public sealed class ConfidenceSequenceTests
{
    private static readonly ConfidenceSequence Default = new();

    [Fact]
    public void RhoSquared_FiveThousandPlanned_IsGrowthBooks() => Assert.Equal(0.00158723, Default.RhoSquared, 8);

    /// <summary>GrowthBook's unit test of a proportion, relative uplift: 1396 of 3000 against 2422 of 3461.</summary>
    [Fact]
    public void IntervalOf_GrowthBooksProportion_MatchesToFiveDigits()
    {
        var difference = RelativeDifference.Of(Binomial(2422, 3461), 3461, Binomial(1396, 3000), 3000)!.Value;
        var interval = Default.IntervalOf(difference);

        Assert.Equal(0.50386, difference.Value, 5);
        Assert.Equal(0.03386, difference.StandardError, 5);
        Assert.Equal(0.40098, interval.Low, 5);
        Assert.Equal(0.60675, interval.High, 5);
    }

    [Theory]
    [InlineData(2422, 3461, 1396, 3000, 0.234464, 0.198049, 0.270880, 6)]
    [InlineData(9400, 10_000, 9550, 10_000, -0.0150, -0.02486, -0.00514, 5)]
    [InlineData(940, 1000, 955, 1000, -0.0150, -0.04614, 0.01614, 5)]
    public void IntervalOf_AbsoluteDifference_Matches(int treated, int treatedOf, int control, int controlOf, double value, double low, double high, int digits)
    {
        var difference = Absolute(treated, treatedOf, control, controlOf);
        var interval = Default.IntervalOf(difference);

        Assert.Equal(value, difference.Value, digits);
        Assert.Equal(low, interval.Low, digits);
        Assert.Equal(high, interval.High, digits);
    }

    [Fact]
    public void P_MinusOneAndAHalfPoints_IsCertainAtTenThousandAndNotAtOneThousand()
    {
        Assert.Equal(1.95e-6, StandardNormal.TwoSidedP(Z(Absolute(9400, 10_000, 9550, 10_000))), 8);
        Assert.Equal(9.8e-5, Default.P(Absolute(9400, 10_000, 9550, 10_000)), 6);
        Assert.Equal(0.864, Default.P(Absolute(940, 1000, 955, 1000)), 3);
    }

    /// <summary>What it costs to be allowed to look: devices per arm at a base of 95 %, against a test that looks once. The table was searched in steps of two percent.</summary>
    [Theory]
    [InlineData(0.05, 704, 712, 211)]
    [InlineData(0.02, 2662, 2697, 1081)]
    [InlineData(0.01, 9726, 9844, 3991)]
    [InlineData(0.005, 41_151, 41_859, 15_285)]
    public void HalfWidth_AtTheDevicesOfTheCostTable_ReachesTheDifference(double difference, int fewest, int published, int devicesOfOneLook)
    {
        var planned = new ConfidenceSequence(plannedDevices: 10_000);
        var variance = (0.95 * 0.05) + ((0.95 - difference) * (0.05 + difference));
        bool Reaches(int devices) => planned.HalfWidth(2 * devices, 2 * variance) < difference;
        var searched = 1;
        while (!Reaches(searched))
            searched = (int)(searched * 1.02) + 1;

        Assert.True(Reaches(fewest) && !Reaches(fewest - 1));
        Assert.Equal(published, searched);
        Assert.Equal(devicesOfOneLook, Math.Pow(StandardNormal.Quantile(0.975) / difference, 2) * variance, 0.5);
    }

    [Fact]
    public void IntervalOf_WithoutDevices_SaysNothing()
    {
        var interval = Default.IntervalOf(default);

        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (interval.Low, interval.High));
        Assert.Equal(1, Default.P(default));
    }

    [Fact]
    public void P_DifferenceWithoutVariance_IsBeyondDoubtAndNoDifferenceIsNot()
    {
        Assert.Equal(0, Default.P(new Difference(-0.1, 0, 0, 500, 500)));
        Assert.Equal(1, Default.P(new Difference(0, 0, 0, 500, 500)));
    }

    [Fact]
    public void P_OverwhelmingEvidence_IsZeroAndNoNumberOverflows() =>
        Assert.Equal(0, Default.P(new Difference(-0.9, 1e-12, 1e-12, 1_000_000_000, 1_000_000_000)));

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(5000, 0)]
    [InlineData(5000, 1)]
    public void Constructor_ImpossibleArguments_Throws(long planned, double alpha) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidenceSequence(planned, alpha));

    /// <summary>Interval and p-value are two views of one thing.</summary>
    [Fact]
    public void P_AnyDifference_IsBelowAlphaExactlyWhereTheIntervalExcludesZero()
    {
        var cases =
            from devices in Gen.Choose(2, 1_000_000)
            from tenThousandths in Gen.Choose(-5000, 5000)
            from error in Gen.Choose(1, 2000)
            select new Difference(tenThousandths / 10_000.0, Math.Pow(error / 10_000.0, 2), 0, devices, devices);

        Prop.ForAll(cases.ToArbitrary(), difference =>
        {
            var interval = Default.IntervalOf(difference);
            return (Default.P(difference) < 0.05) == (interval.Low > 0 || interval.High < 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void RunningMinimum_LaterDoubt_KeepsEarlierProof() =>
        Assert.Equal([0.5, 0.03, 0.03, 0.01], AlwaysValid.RunningMinimum([0.5, 0.03, 0.9, 0.01]));

    private static double Z(Difference difference) => difference.Value / difference.StandardError;

    private static Difference Absolute(int treated, int treatedOf, int control, int controlOf)
    {
        var (t, c) = (Binomial(treated, treatedOf), Binomial(control, controlOf));
        return new Difference(t.Share - c.Share, t.Variance + c.Variance, t.Variance, treatedOf, controlOf);
    }

    private static ShareEstimate Binomial(double successes, double trials)
    {
        var share = successes / trials;
        return new ShareEstimate(share, share * (1 - share) / trials, share * (1 - share) / trials);
    }
}
