using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Statistics.Devices;
using Xunit;

namespace SyncHealth.Statistics.Tests.Devices;

public sealed class DeviceChangesTests
{
    [Fact]
    public void Mean_ThreeDevices_IsTheMeanOfTheirOwnChanges()
    {
        var changes = DeviceChanges.OfDevice(10, 10, 10, 5) + DeviceChanges.OfDevice(100, 100, 4, 4) + DeviceChanges.OfDevice(2, 1, 2, 2);

        Assert.Equal(0, changes.Mean, 1e-12);
        Assert.Equal(0.5 / 2 / 3, changes.Variance, 1e-12);
    }

    [Theory]
    [InlineData(0, 0, 5, 5)]
    [InlineData(5, 5, 0, 0)]
    public void OfDevice_SilentInOnePeriod_SaysNothing(long attemptsBefore, long eventsBefore, long attemptsAfter, long eventsAfter) =>
        Assert.Equal(default, DeviceChanges.OfDevice(attemptsBefore, eventsBefore, attemptsAfter, eventsAfter));

    [Fact]
    public void Variance_FewerThanTwoDevices_IsNoNumber()
    {
        Assert.True(double.IsNaN(default(DeviceChanges).Variance));
        Assert.True(double.IsNaN(DeviceChanges.OfDevice(2, 1, 2, 2).Variance));
    }

    [Fact]
    public void OfDevice_ImpossibleCounts_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceChanges.OfDevice(1, 1, 1, 2));

    [Fact]
    public void Add_AnyOrder_GivesTheSameSums()
    {
        var device =
            from before in Gen.Choose(1, 50)
            from after in Gen.Choose(1, 50)
            from eventsBefore in Gen.Choose(0, before)
            from eventsAfter in Gen.Choose(0, after)
            select DeviceChanges.OfDevice(before, eventsBefore, after, eventsAfter);
        var fleets = from fleet in Gen.ArrayOf(device, 20) from shuffled in Gen.Shuffle(fleet) select (Fleet: fleet, Shuffled: shuffled);

        Prop.ForAll(fleets.ToArbitrary(), x => x.Fleet.Aggregate(DeviceChanges.Add) == x.Shuffled.Aggregate(DeviceChanges.Add))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }
}
