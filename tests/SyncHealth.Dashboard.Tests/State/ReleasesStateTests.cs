using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Tests.State;

public sealed class ReleasesStateTests
{
    [Theory]
    [InlineData(null, null, null, null, null, "/releases?range=1h")]
    [InlineData("", "3w", "os", "", "2.4.1", "/releases?range=1h")]
    [InlineData("notes", "24h", "version", "2.5.0", "2.5.0", "/releases?range=24h&app=notes&release=2.5.0")]
    [InlineData("a b", "24h", "build", "2.5.0+101", "2.4.1", "/releases?range=24h&app=a%20b&by=build&release=2.5.0%2B101&baseline=2.4.1")]
    [InlineData(null, "7d", "tag", "on\0", null, "/releases?range=7d&by=tag")]
    public void Address_OfWhatWasRead_IsWhatItMeans(string? app, string? range, string? by, string? release, string? baseline, string address) =>
        Assert.Equal(address, ReleasesState.Parse(app, range, by, release, baseline, TimeRange.Hour).ToAddress());

    [Fact]
    public void About_AndBy_LeaveBehindWhatNoLongerFits()
    {
        var state = ReleasesState.Parse("notes", "1h", null, "2.5.0", "2.4.1", TimeRange.Hour);

        Assert.Equal(("2.4.0", null), (state.About("2.4.0").Release, state.About("2.4.0").Baseline));
        Assert.Equal((ReleaseKind.Tag, null, null), (state.By(ReleaseKind.Tag).Kind, state.By(ReleaseKind.Tag).Release, state.By(ReleaseKind.Tag).Baseline));
    }
}
