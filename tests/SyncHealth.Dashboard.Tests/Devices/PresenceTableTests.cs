using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Pages;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Tests.Devices;

/// <summary>Features N4, N5 and N20 on the devices page: states that lead to their lists, and releases by coverage beside the rate of those who report.</summary>
public sealed class PresenceTableTests
{
    private static readonly DevicesState State = DevicesState.Parse("notes", "6h", null, null, null, ["os:ios"], null);

    [Fact]
    public void Of_Groups_AddUpToStatesThatLeadToTheirLists()
    {
        var table = PresenceTable.Of([Group("1.0", active: 80, late: 5, silent: 3, gone: 9, reporting: 82, synced: 80), Group("2.0", active: 10, late: 1, silent: 2, gone: 1, reporting: 10, synced: 10)], State);

        Assert.Equal([("Active", "90"), ("Late", "6"), ("Silent", "5"), ("Gone", "10")], table.Counts.Select(count => (count.Name, count.Count)));
        Assert.Equal(
            ["/devices?range=6h&app=notes&filter=os%3Aios", "/devices?range=6h&app=notes&show=late&filter=os%3Aios", "/devices?range=6h&app=notes&show=silent&filter=os%3Aios", "/devices?range=6h&app=notes&show=gone&filter=os%3Aios"],
            table.Counts.Select(count => count.Address));
    }

    /// <summary>Two of ten devices of a release report, both well: 100 % among them, 20 % of all. The newest release comes first.</summary>
    [Fact]
    public void Of_ReleaseThatFallsSilent_HasBothRatesAndIsMarked()
    {
        var table = PresenceTable.Of([Group("1.0", active: 10, reporting: 10, synced: 9), Group("2.0", active: 2, silent: 8, reporting: 2, synced: 2)], State);

        Assert.Equal(
            [("2.0", "10", "20\u00A0% (2)", "100\u00A0%", "20\u00A0%", true), ("1.0", "10", "100\u00A0% (10)", "90\u00A0%", "90\u00A0%", false)],
            table.Releases.Select(line => (line.Release, line.Expected, line.Coverage, line.OfReporting, line.OfExpected, line.IsThin)));
        Assert.Equal("/devices?range=6h&app=notes&show=silent&filter=app_version%3A2.0&filter=os%3Aios", table.Releases[0].Address);
    }

    [Fact]
    public void Of_ReleaseWithoutAnyReport_HasNoRateAmongThose()
    {
        var line = Assert.Single(PresenceTable.Of([Group("3.0", silent: 4)], State).Releases);

        Assert.Equal(("0\u00A0% (0)", "–", "0\u00A0%"), (line.Coverage, line.OfReporting, line.OfExpected));
    }

    [Fact]
    public void Of_ReleasesOfWhichAllAreGone_AreLeftOut_AndOldOnesCounted()
    {
        var table = PresenceTable.Of([Group("0.1", gone: 7), .. Enumerable.Range(1, 11).Select(minor => Group($"1.{minor}", active: 1))], State);

        Assert.Equal(["1.11", "1.10", "1.9", "1.8", "1.7", "1.6", "1.5", "1.4"], table.Releases.Select(line => line.Release));
        Assert.Equal(3, table.Hidden);
    }

    [Fact]
    public async Task Coverage_ThinRelease_SaysSoInWordsAndShape()
    {
        var page = await RenderedPage.OfAsync<CoverageTable>(new() { ["Table"] = PresenceTable.Of([Group("2.0", active: 2, silent: 8, reporting: 2, synced: 2)], State) });

        Assert.Contains("few are heard of", page.QuerySelector("tr[data-thin]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("tr[data-thin] svg.band-icon"));
    }

    private static PresenceGroup Group(string version, long active = 0, long late = 0, long silent = 0, long gone = 0, long reporting = 0, long synced = 0) =>
        new(new Dictionary<string, string> { ["app_version"] = version }, active, late, silent, gone, reporting, synced);
}
