using SyncHealth.Statistics.Devices;
using Xunit;

namespace SyncHealth.Statistics.Tests.Devices;

public sealed class DeviceOverlapTests
{
    [Fact]
    public void Covariance_TheSameSegmentTwice_IsItsVarianceUpToTheDegreeOfFreedom()
    {
        (long Attempts, long Events)[] devices = [(10, 10), (10, 7), (30, 12), (5, 5), (8, 1)];
        var sums = devices.Aggregate(default(DeviceSums), (sum, device) => sum + DeviceSums.OfDevice(device.Attempts, device.Events));
        var overlap = devices.Aggregate(default(DeviceOverlap), (sum, device) => DeviceOverlap.Add(sum, DeviceOverlap.OfDevice(device.Attempts, device.Events, device.Attempts, device.Events)));

        Assert.Equal(sums.Estimate()!.Value.Variance * 4 / 5, overlap.Covariance(sums, sums), 1e-15);
    }

    [Fact]
    public void Covariance_NoSharedDevice_IsZero() =>
        Assert.Equal(0, default(DeviceOverlap).Covariance(DeviceSums.OfDevice(3, 1), DeviceSums.OfDevice(4, 4)));

    [Fact]
    public void Covariance_AnEmptySegment_IsZero() =>
        Assert.Equal(0, DeviceOverlap.OfDevice(0, 0, 4, 4).Covariance(default, DeviceSums.OfDevice(4, 4)));

    [Fact]
    public void OfDevice_ImpossibleCounts_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DeviceOverlap.OfDevice(1, 2, 1, 1));

    [Fact]
    public void Add_BeyondWhatFits_Throws()
    {
        var huge = DeviceOverlap.OfDevice(long.MaxValue, 0, long.MaxValue, 0);

        Assert.Throws<OverflowException>(() => huge + huge + huge);
    }
}
