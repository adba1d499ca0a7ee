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

    [Fact]
    public void Steady_ChangesNothing() =>
        Assert.Equal(Installed, ScenarioCatalog.Steady.ReleaseAt(Installed, 0, TimeSpan.FromDays(1)));
}
