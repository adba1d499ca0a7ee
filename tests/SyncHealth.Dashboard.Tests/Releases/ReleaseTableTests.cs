using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.State;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Tests.Releases;

public sealed class ReleaseTableTests
{
    private static readonly ReleasesState State = ReleasesState.Parse("notes", "24h", null, null, null, TimeRange.Hour);
    private static readonly ReleaseLinks Links = new(State, "notes", ["2.4.1", "2.5.0+101", "2.5.0+102"], null);

    [Fact]
    public void Line_OfABadRelease_SaysByHowMuchHowSureAndWhere()
    {
        var line = ReleaseTable.Line(SomeReleases.Use("2.5.0", joined: 40), SomeReleases.Answer(), State, isShown: true, Links);

        Assert.Equal((Band.Poor, "worse", "2.4.1", "rolling out", 20.0), (line.Band, line.Verdict, line.Baseline, line.Stage, line.Share));
        Assert.Matches(@"^−33\.0 \(−3\d\.\d\u00A0to\u00A0−3\d\.\d\)$", line.Success);
        Assert.Equal("Android, cellular −66.0", line.Worst);
        Assert.Equal("2,000 / 2,000", line.Attempts);
        Assert.Equal("80 of 100 devices", line.Devices.Replace('\u00A0', ' '));
        Assert.Equal("/releases?range=24h&app=notes&release=2.5.0", line.Address);
        Assert.Equal("/explore?range=24h&app=notes&filter=app_version%3A2.5.0%2B101&filter=app_version%3A2.5.0%2B102&vs=segment&other=app_version%3A2.4.1", line.Explore);
    }

    [Fact]
    public void Line_TooFewDevices_SaysAboutHowManyMore()
    {
        var line = ReleaseTable.Line(SomeReleases.Use("2.5.0"), SomeReleases.Answer(devices: 10, cellular: 9), State, isShown: false, Links);

        Assert.Equal((Band.TooFew, "too few devices", "–"), (line.Band, line.Verdict, line.Success));
        Assert.Equal("about 10 more devices", line.Needed!.Replace('\u00A0', ' '));
    }

    [Fact]
    public void Line_DecidedInOnePart_NeedsNoMoreDevices() =>
        Assert.Null(ReleaseTable.Line(SomeReleases.Use("2.5.0"), SomeReleases.Answer(devices: 100, cellular: 60), State, false, Links).Needed);

    [Fact]
    public void Line_NotProven_SaysSoOfTheWorstSegment() =>
        Assert.EndsWith(", not proven", ReleaseTable.Line(SomeReleases.Use("2.5.0"), SomeReleases.Answer(devices: 200, cellular: 188), State, false, Links).Worst, StringComparison.Ordinal);

    [Fact]
    public void Line_NothingLost_HasNoWorst() =>
        Assert.Equal("none lost", ReleaseTable.Line(SomeReleases.Use("2.5.0"), SomeReleases.Answer(cellular: 960), State, false, Links).Worst);

    [Fact]
    public void Line_WithoutVerdict_SaysWhyThereIsNone()
    {
        var line = ReleaseTable.Line(SomeReleases.Use("1.0", current: 3), null, State, false, Links);

        Assert.Equal((Band.NoData, "not judged: too old", "–", "–", "replaced"), (line.Band, line.Verdict, line.Success, line.Worst, line.Stage));
        Assert.Equal("/explore?range=24h&app=notes&filter=app_version%3A1.0", line.Explore);
    }

    [Fact]
    public void Pick_TheReleaseThatNeedsSomebody_IsTheOneThatIsWorseAndStillRuns()
    {
        var newest = (Use: SomeReleases.Use("2.5.1", joined: 40), (VerdictAnswer?)SomeReleases.Answer("2.5.1", cellular: 960));
        var bad = (Use: SomeReleases.Use("2.5.0"), (VerdictAnswer?)SomeReleases.Answer());
        var gone = (Use: SomeReleases.Use("2.5.0", current: 0), (VerdictAnswer?)SomeReleases.Answer());
        var old = (Use: SomeReleases.Use("2.4.1"), (VerdictAnswer?)SomeReleases.Answer("2.4.1", "2.5.1", 960));

        Assert.Equal("2.5.0", ReleaseTable.Pick([newest, bad, old])!.Name);
        Assert.Equal("2.5.1", ReleaseTable.Pick([newest, gone, old])!.Name);
        Assert.Equal("2.4.1", ReleaseTable.Pick([gone, old])!.Name);
        Assert.Equal("2.5.0", ReleaseTable.Pick([gone])!.Name);
        Assert.Null(ReleaseTable.Pick([]));
    }
}
