using SyncHealth.Statistics.Causes;
using SyncHealth.Statistics.Verdicts;
using Xunit;

namespace SyncHealth.Statistics.Tests.Verdicts;

public sealed class SegmentNamesTests
{
    [Theory]
    [InlineData("android", "Android")]
    [InlineData("ios", "iOS")]
    [InlineData("wifi", "Wi-Fi")]
    [InlineData("cellular", "cellular")]
    [InlineData("HarmonyOS", "HarmonyOS")]
    [InlineData("", "unknown")]
    public void Of_AValue_IsWhatPeopleCallIt(string wire, string name) => Assert.Equal(name, SegmentNames.Of(wire));

    [Fact]
    public void Of_AStratum_ReadsAsWords()
    {
        Assert.Equal("iOS over Wi-Fi", SegmentNames.Of(new Stratum("ios", "wifi")));
        Assert.Equal("2.4.1 on Android over cellular", SegmentNames.Of(new Stratum("android", "cellular", "2.4.1")));
        Assert.Equal("unknown over unknown", SegmentNames.Of(new Stratum("", "")));
    }

    [Fact]
    public void Of_APartOfTheStrata_NamesOnlyThat()
    {
        Assert.Equal("cellular", SegmentNames.Of([new DimensionValue("network", "cellular")]));
        Assert.Equal("Android over cellular", SegmentNames.Of([new DimensionValue("os", "android"), new DimensionValue("network", "cellular")]));
        Assert.Equal("2.4.1 on Android", SegmentNames.Of([new DimensionValue("os", "android"), new DimensionValue("app_version", "2.4.1")]));
        Assert.Equal("2.4.1", SegmentNames.Of([new DimensionValue("app_version", "2.4.1")]));
    }
}
