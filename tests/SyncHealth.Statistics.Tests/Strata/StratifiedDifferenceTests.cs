using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Sequential;
using SyncHealth.Statistics.Strata;
using Xunit;

namespace SyncHealth.Statistics.Tests.Strata;

public sealed class StratifiedDifferenceTests
{
    [Fact]
    public void Of_OnlyTheMixDiffers_IsZeroToTheLastDigit() =>
        Assert.Equal(0, StratifiedDifference.Of([Stratum("wifi", 196, 200, 8820, 9000), Stratum("cellular", 720, 800, 900, 1000)])!.Value.Value, 1e-15);

    /// <summary>−3.4 points: certain enough for one look (z −2.93), not for many (p 0.0749); at ten times the data it is.</summary>
    /// <remarks>The published figures take p(1−p)/n; with one attempt a device, dividing by n−1 moves the standard error by a thousandth.</remarks>
    [Fact]
    public void Of_CandidateWorseInBothNetworks_NeedsMoreDataThanOneLookWould()
    {
        StratumComparison[] strata = [Stratum("wifi", 192, 200, 8820, 9000), Stratum("cellular", 688, 800, 900, 1000)];
        var difference = StratifiedDifference.Of(strata)!.Value;
        var binomial = difference with { Variance = strata.Sum(BinomialPart) / Math.Pow(strata.Sum(stratum => stratum.Weight), 2) };

        Assert.Equal(-0.03389, difference.Value, 5);
        Assert.Equal(0.01158, binomial.StandardError, 5);
        Assert.Equal(-2.93, binomial.Value / binomial.StandardError, 2);
        Assert.Equal(0.0749, new ConfidenceSequence().P(binomial), 4);
        Assert.Equal(binomial.StandardError, difference.StandardError, 2e-5);
        Assert.Equal(0.0749, new ConfidenceSequence().P(difference), 5e-4);
    }

    [Fact]
    public void Of_TenTimesTheData_ExcludesZero()
    {
        StratumComparison[] strata = [Stratum("wifi", 1920, 2000, 88_200, 90_000), Stratum("cellular", 6880, 8000, 9000, 10_000)];
        var interval = new ConfidenceSequence().IntervalOf(StratifiedDifference.Of(strata)!.Value);

        Assert.Equal(-0.0462, interval.Low, 4);
        Assert.Equal(-0.0216, interval.High, 4);
    }

    [Fact]
    public void Of_SingleStratum_IsThePlainDifference()
    {
        var difference = StratifiedDifference.Of([Stratum("all", 90, 100, 190, 200)])!.Value;

        Assert.Equal(-0.05, difference.Value, 1e-15);
        Assert.Equal((100L, 200L, 300L), (difference.TreatedDevices, difference.ControlDevices, difference.Devices));
    }

    [Fact]
    public void Of_NothingToCompare_IsUnknown()
    {
        Assert.Null(StratifiedDifference.Of([]));
        Assert.Null(StratifiedDifference.Of([Stratum("wifi", 0, 0, 90, 100)]));
        Assert.Null(StratifiedDifference.Of([Stratum("wifi", 1, 1, 90, 100)]));
    }

    [Fact]
    public void Of_AStratumOfOneArm_IsLeftOut()
    {
        var alone = StratifiedDifference.Of([Stratum("wifi", 90, 100, 95, 100)]);

        Assert.Equal(alone, StratifiedDifference.Of([Stratum("wifi", 90, 100, 95, 100), Stratum("ethernet", 50, 50, 0, 0)]));
    }

    [Fact]
    public void Of_AllAttemptsAlike_IsSure() => Assert.Equal(0, StratifiedDifference.Of([Stratum("wifi", 100, 100, 100, 100)])!.Value.Variance);

    /// <summary>The same devices on wifi and cellular, each either good or bad on both: two strata are worth one.</summary>
    [Fact]
    public void Of_TheSameDevicesInTwoStrata_DoesNotCountThemTwice()
    {
        var (good, bad) = (DeviceSums.OfDevice(10, 10), DeviceSums.OfDevice(10, 2));
        var arm = Times(good, 80) + Times(bad, 20);
        var overlap = Enumerable.Repeat(DeviceOverlap.OfDevice(10, 10, 10, 10), 80).Concat(Enumerable.Repeat(DeviceOverlap.OfDevice(10, 2, 10, 2), 20)).Aggregate(DeviceOverlap.Add);
        StratumComparison[] strata = [new("wifi", arm, arm), new("cellular", arm, arm)];

        var naive = StratifiedDifference.Of(strata)!.Value;
        var honest = StratifiedDifference.Of(strata, [new("wifi", "cellular", overlap, overlap), new("wifi", "gone", overlap, overlap)])!.Value;

        Assert.Equal(2, honest.Variance / naive.Variance, 0.02);
        Assert.Equal(naive.Value, honest.Value);
    }

    [Fact]
    public void Pooled_SmallStrata_AreOneOther()
    {
        var pooled = StratifiedDifference.Pooled([Stratum("wifi", 90, 100, 95, 100), Stratum("none", 1, 2, 80, 90), Stratum("ethernet", 2, 4, 3, 4)]);

        Assert.Equal(["wifi", StratifiedDifference.Other], pooled.Select(stratum => stratum.Name));
        Assert.Equal((6L, 94L), (pooled[1].Treated.Devices, pooled[1].Control.Devices));
    }

    /// <summary>Releases that run on different systems have nothing to compare, however many devices they have.</summary>
    [Fact]
    public void Pooled_StrataOfOneArm_AreNotComparedWithEachOther() =>
        Assert.Empty(StratifiedDifference.Pooled([Stratum("windows", 500, 1000, 0, 0), Stratum("android", 0, 0, 990, 1000)]));

    [Fact]
    public void Pooled_NothingSmall_AddsNothing() => Assert.Single(StratifiedDifference.Pooled([Stratum("wifi", 90, 100, 95, 100)]));

    [Fact]
    public void HeterogeneityP_OppositeEffects_IsSmallAndEqualOnesIsNot()
    {
        Assert.InRange(StratifiedDifference.HeterogeneityP([Stratum("wifi", 900, 1000, 980, 1000), Stratum("cellular", 980, 1000, 900, 1000)]), 0, 1e-6);
        Assert.InRange(StratifiedDifference.HeterogeneityP([Stratum("wifi", 900, 1000, 950, 1000), Stratum("cellular", 901, 1000, 950, 1000)]), 0.5, 1);
        Assert.Equal(1, StratifiedDifference.HeterogeneityP([Stratum("wifi", 90, 100, 95, 100)]));
    }

    /// <summary>Which arm is called the treated one changes the sign and nothing else.</summary>
    [Fact]
    public void Of_SwappedArms_IsTheOppositeAndAsSure()
    {
        var arms =
            from devices in Gen.Choose(2, 60)
            from successes in Gen.Choose(0, devices)
            select Arm(successes, devices);
        var strata = Gen.ArrayOf(from treated in arms from control in arms select new StratumComparison("any", treated, control), 3);

        Prop.ForAll(strata.ToArbitrary(), rows =>
        {
            var (there, back) = (StratifiedDifference.Of(rows)!.Value, StratifiedDifference.Of([.. rows.Select(row => new StratumComparison(row.Name, row.Control, row.Treated))])!.Value);
            return Math.Abs(there.Value + back.Value) < 1e-12 && Math.Abs(there.Variance - back.Variance) < 1e-12;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }

    private static double BinomialPart(StratumComparison stratum) =>
        Math.Pow(stratum.Weight, 2) * (stratum.Treated.Estimate()!.Value.NaiveVariance + stratum.Control.Estimate()!.Value.NaiveVariance);

    /// <summary>One attempt per device.</summary>
    private static StratumComparison Stratum(string name, int successes1, int devices1, int successes2, int devices2) =>
        new(name, Arm(successes1, devices1), Arm(successes2, devices2));

    private static DeviceSums Arm(int successes, int devices) =>
        Times(DeviceSums.OfDevice(1, 1), successes) + Times(DeviceSums.OfDevice(1, 0), devices - successes);

    private static DeviceSums Times(DeviceSums device, int count) =>
        Enumerable.Repeat(device, count).Aggregate(default(DeviceSums), DeviceSums.Add);
}
