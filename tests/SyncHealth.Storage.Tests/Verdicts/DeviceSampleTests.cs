using SyncHealth.Storage.Verdicts;
using Xunit;

namespace SyncHealth.Storage.Tests.Verdicts;

public sealed class DeviceSampleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(20_000, 1)]
    [InlineData(20_001, 2)]
    [InlineData(1_000_000, 64)]
    public void Of_LargerFleets_AskFewerOfTheirDevices(long devices, int oneIn) => Assert.Equal(oneIn, DeviceSample.Of(devices).OneIn);

    [Fact]
    public void LastKey_HoldsItsPartOfAllKeys()
    {
        Assert.Equal(long.MaxValue, new DeviceSample(1).LastKey);
        Assert.Equal(-1, new DeviceSample(2).LastKey);
        Assert.Equal(long.MinValue / 2 - 1, new DeviceSample(4).LastKey);
    }
}
