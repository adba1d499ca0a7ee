using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Devices;
using Xunit;

namespace SyncHealth.Statistics.Tests.Devices;

public sealed class DeviceSumsTests
{
    /// <summary>Four devices that always succeed and one in a retry loop: the standard error is three times the naive one.</summary>
    [Fact]
    public void Estimate_OneDeviceInARetryLoop_WeighsItAsOneDevice()
    {
        var estimate = Sum((4, 10, 10), (1, 100, 50)).Estimate()!.Value;

        Assert.Equal(0.642857, estimate.Share, 6);
        Assert.Equal(0.040496, Math.Sqrt(estimate.NaiveVariance), 6);
        Assert.Equal(0.127551, estimate.StandardError, 6);
        Assert.Equal(9.92, estimate.DesignEffect, 2);
    }

    /// <summary>Ten of a thousand devices make a sixth of the attempts: 84 % per attempt, 98 % per device.</summary>
    [Fact]
    public void Estimate_TenDevicesInARetryLoop_ShowsBothRatesAndTheDesignEffect()
    {
        var sums = Sum((90, 10, 9), (900, 10, 10), (10, 200, 20));
        var estimate = sums.Estimate()!.Value;

        Assert.Equal(0.841176, estimate.Share, 6);
        Assert.Equal(0.003351, Math.Sqrt(estimate.NaiveVariance), 6);
        Assert.Equal(0.039617, estimate.StandardError, 6);
        Assert.Equal(139.8, estimate.DesignEffect, 1);
        Assert.Equal(0.982, sums.SharePerDevice, 3);
    }

    [Fact]
    public void EffectiveDevices_OneRetryLoopAmongAThousand_IsAboutOne()
    {
        Assert.Equal(1.02, Sum((1000, 1, 1), (1, 100_000, 0)).EffectiveDevices, 2);
        Assert.Equal(1000, Sum((1000, 7, 1)).EffectiveDevices, 1e-9);
        Assert.Equal(0, default(DeviceSums).EffectiveDevices);
    }

    [Fact]
    public void OfSingleAttempts_ManyDevices_IsTheirSum() =>
        Assert.Equal(Sum((7, 1, 1), (3, 1, 0)), DeviceSums.OfSingleAttempts(10, 7));

    [Fact]
    public void Estimate_OneAttemptEach_IsTheBinomialVarianceOverNMinusOne()
    {
        var estimate = Sum((30, 1, 1), (10, 1, 0)).Estimate()!.Value;

        Assert.Equal(0.75 * 0.25 / 39, estimate.Variance, 1e-15);
    }

    [Fact]
    public void Estimate_FewerThanTwoDevices_IsUnknown()
    {
        Assert.Null(default(DeviceSums).Estimate());
        Assert.Null(DeviceSums.OfDevice(1000, 5).Estimate());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Estimate_AllDevicesAlike_IsSureAndHasNoDesignEffect(int events)
    {
        var estimate = Sum((50, 7, events)).Estimate()!.Value;

        Assert.Equal(0, estimate.Variance);
        Assert.Equal(1, estimate.DesignEffect);
    }

    /// <summary>Sums of squares near 10¹⁸ that differ in the last place: doubles would lose the one failure.</summary>
    [Fact]
    public void Estimate_AMillionHeavyDevicesAndOneFailure_KeepsTheFailure()
    {
        var sums = Sum((999_999, 1_000_000, 1_000_000), (1, 1_000_000, 999_999));

        Assert.Equal(1, sums.Estimate()!.Value.Variance * 1e24 / (1 - 1e-6), 1e-5);
    }

    [Fact]
    public void OfDevice_WithoutAttempts_SumsToNothing() => Assert.Equal(default, DeviceSums.OfDevice(0, 0));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, 4)]
    [InlineData(3, -1)]
    public void OfDevice_ImpossibleCounts_Throws(long attempts, long events) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceSums.OfDevice(attempts, events));

    [Fact]
    public void Add_BeyondWhatFits_ThrowsInsteadOfWrapping()
    {
        var huge = DeviceSums.OfDevice(long.MaxValue, long.MaxValue);

        Assert.Throws<OverflowException>(() => huge + huge);
    }

    /// <summary>Any order, any grouping: the same sums to the last digit, and the same as the textbook formula over single devices.</summary>
    [Fact]
    public void Add_AnyOrderAndGrouping_GivesTheSameSumsAndTheTextbookVariance()
    {
        var devices =
            from attempts in Gen.Choose(1, 300)
            from events in Gen.Choose(0, attempts)
            select (Attempts: attempts, Events: events);
        var fleets =
            from count in Gen.Choose(2, 40)
            from fleet in Gen.ArrayOf(devices, count)
            from shuffled in Gen.Shuffle(fleet)
            from cut in Gen.Choose(0, count)
            select (Fleet: fleet, Shuffled: shuffled, Cut: cut);

        Prop.ForAll(fleets.ToArbitrary(), x =>
        {
            var sums = Of(x.Fleet);
            double m = x.Fleet.Average(device => device.Attempts), r = sums.Share, k = x.Fleet.Length;
            var textbook = x.Fleet.Sum(device => Math.Pow(device.Events - (r * device.Attempts), 2)) / (k - 1) / (k * m * m);
            return sums == Of(x.Shuffled[..x.Cut]) + Of(x.Shuffled[x.Cut..])
                && Math.Abs(sums.Estimate()!.Value.Variance - textbook) <= 1e-12 * Math.Max(1e-6, textbook);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    private static DeviceSums Sum(params (int Devices, long Attempts, long Events)[] groups) =>
        groups.SelectMany(group => Enumerable.Repeat(DeviceSums.OfDevice(group.Attempts, group.Events), group.Devices)).Aggregate(DeviceSums.Add);

    private static DeviceSums Of((int Attempts, int Events)[] fleet) =>
        fleet.Aggregate(default(DeviceSums), (sum, device) => sum + DeviceSums.OfDevice(device.Attempts, device.Events));
}
