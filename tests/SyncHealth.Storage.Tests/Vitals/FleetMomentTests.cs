using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class FleetMomentTests
{
    [Fact]
    public void ToQueueDepth_DepthsThatLookLikeUnitsOfASketch_AreReadAsPairs()
    {
        // 3 devices with 40,000 items each, 1 with 65,535 or more.
        var moment = new FleetMoment { Devices = 4, QueueSum = 190_000, Depths = [0x9C, 0x40, 0, 0, 0, 3, 0xFF, 0xFF, 0, 0, 0, 1] };

        var depth = moment.ToQueueDepth(threshold: 50_000)!;

        Assert.Equal((47_500, 65_535, 1), (depth.Mean, depth.P99, depth.DevicesOver));
        Assert.Equal([(40_000, 3L), (65_535, 1L)], moment.ValuesOf(DistributionMetric.QueueDepth));
    }
}
