using SyncHealth.Dashboard.Charts;

namespace SyncHealth.Dashboard.Tests.Charts;

public sealed class SparklineTests
{
    [Fact]
    public void Path_RisingValues_GoFromTheBottomToTheTop() => Assert.Equal("M0 30L120 2", Sparkline.Path([1, 2]));

    [Fact]
    public void Path_AGap_LiftsThePen() => Assert.Equal("M0 30L40 30M120 2", Sparkline.Path([1, 1, null, 2]));

    [Fact]
    public void Path_EvenValues_RunThroughTheMiddle() => Assert.Equal("M0 16L120 16", Sparkline.Path([5, 5]));

    [Fact]
    public void Path_OneValue_IsNoLine() => Assert.Equal("", Sparkline.Path([null, 5]));
}
