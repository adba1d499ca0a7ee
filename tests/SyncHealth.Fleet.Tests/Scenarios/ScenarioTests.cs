using SyncHealth.Fleet.Scenarios;
using Xunit;

namespace SyncHealth.Fleet.Tests.Scenarios;

public sealed class ScenarioTests
{
    private static readonly Release Installed = new("2.4.1");

    [Theory]
    [InlineData(0.1, 30, "2.4.1")]
    [InlineData(0.1, 80, "2.5.0")]
    [InlineData(0.1, 240, "2.5.1")]
    [InlineData(0.9, 240, "2.4.1")]
    public void BadRelease_ReachesHalfTheFleetAndIsReplaced(double eagerness, int minute, string version) =>
        Assert.Equal(version, ScenarioCatalog.BadRelease.ReleaseAt(Installed, eagerness, TimeSpan.FromMinutes(minute)).Version);

    [Theory]
    [InlineData(69, 1)]
    [InlineData(70, 0)]
    [InlineData(129, 0)]
    [InlineData(137.5, 0.5)]
    [InlineData(145, 1)]
    [InlineData(600, 1)]
    public void RegionalOutage_ShutsForAnHourAndOpensSlowly(double minute, double passing) =>
        Assert.Equal(passing, ScenarioCatalog.RegionalOutage.Outage!.PassingAt(TimeSpan.FromMinutes(minute)), 1e-9);

    [Fact]
    public void RegionalOutage_IsThatOfOneRegionAndChangesNoVersion()
    {
        Assert.NotNull(ScenarioCatalog.RegionalOutage.OutageOf("ap-south"));
        Assert.Null(ScenarioCatalog.RegionalOutage.OutageOf("eu-west"));
        Assert.Null(ScenarioCatalog.BadRelease.OutageOf("ap-south"));
        Assert.Equal(Installed, ScenarioCatalog.RegionalOutage.ReleaseAt(Installed, 0, TimeSpan.FromMinutes(100)));
    }

    [Fact]
    public void Steady_ChangesNothing() =>
        Assert.Equal(Installed, ScenarioCatalog.Steady.ReleaseAt(Installed, 0, TimeSpan.FromDays(1)));
}
