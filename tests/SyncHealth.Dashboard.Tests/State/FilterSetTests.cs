using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.State;

public sealed class FilterSetTests
{
    private static readonly DimensionFilter Version = new("app_version", "2.5.0");
    private static readonly DimensionFilter Cellular = new("network", "cellular");

    [Fact]
    public void Toggle_Twice_IsAsBefore() => Assert.Equal(FilterSet.Empty, FilterSet.Empty.Toggle(Version).Toggle(Version));

    [Fact]
    public void Narrow_OtherValuesOfTheSegmentsDimensions_Go() =>
        Assert.Equal(
            FilterSet.Of([Version, Cellular, new("os", "ios")]),
            FilterSet.Of([new("app_version", "2.4.1"), new("os", "ios")]).Narrow([Version, Cellular]));

    [Fact]
    public void Parse_ValueWithColons_KeepsThem() => Assert.Equal([new DimensionFilter("app_version", "1:2:3")], FilterSet.Parse(["app_version:1:2:3"]).Filters);

    [Fact]
    public void Parse_DimensionBeyondCore_IsForExploreOnly()
    {
        string[] texts = ["trigger:user", "tag:cohort:beta:2", "tag:", "colour:red", "os:ios"];

        Assert.Equal([new DimensionFilter("os", "ios")], FilterSet.Parse(texts).Filters);
        Assert.Equal([new("os", "ios"), new("tag:cohort", "beta:2"), new DimensionFilter("trigger", "user")], FilterSet.ParseAny(texts).Filters);
    }

    [Fact]
    public void Parse_MoreThanAnybodyClicks_IsBounded() =>
        Assert.Equal(30, FilterSet.Parse(Enumerable.Range(0, 1000).Select(value => $"app_version:{value}")).Filters.Count);

    [Fact]
    public void Parse_HugeValue_IsLeftOut() => Assert.True(FilterSet.Parse(["os:" + new string('x', 5000)]).IsEmpty);
}
