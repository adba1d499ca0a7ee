using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Releases;
using SyncHealth.Dashboard.State;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Tests.Releases;

public sealed class CaseWriterTests
{
    private static readonly ReleasesState State = ReleasesState.Parse(null, "24h", null, null, null, TimeRange.Hour);

    [Fact]
    public void Write_ABadRelease_SaysWhatToDoAndWhere()
    {
        var judged = Write(SomeReleases.Answer());

        Assert.StartsWith("Stop: cellular got worse. 2.5.0 is worse than 2.4.1", judged.Sentence, StringComparison.Ordinal);
        Assert.Equal((Band.Poor, $"🛑 notes: {judged.Sentence}"), (judged.Band, judged.Message));
        Assert.Equal("/releases?range=24h&app=notes&release=2.5.0&baseline=2.4.1", judged.Address);
        Assert.Equal(["Success rate", "Slow syncs", "Syncs with conflicts"], judged.Metrics.Select(metric => metric.Name));
        Assert.Equal("63 %", judged.Metrics[0].Release.Replace('\u00A0', ' '));
        Assert.Equal(["Android, cellular", "Android, Wi-Fi"], judged.Segments.Select(segment => segment.Name));
        Assert.Equal(("1,000 / 1,000", Band.Poor), (judged.Segments[0].Devices, judged.Segments[0].Band));
        Assert.Equal(
            "/explore?range=24h&app=notes&filter=app_version%3A2.5.0&filter=network%3Acellular&filter=os%3Aandroid&vs=segment&other=app_version%3A2.4.1&other=network%3Acellular&other=os%3Aandroid",
            judged.Segments[0].Explore);
    }

    [Fact]
    public void Write_TheBasis_SaysOnWhatItRests()
    {
        var basis = string.Join(' ', Write(SomeReleases.Answer(arrived: 0.95, coverage: new Coverage(90, 12, 120, 8))).Basis).Replace('\u00A0', ' ');

        Assert.Contains("2,000 devices on 2.5.0 with 2,000 attempts, 2,000 devices on 2.4.1 with 2,000 attempts, in the same 3 days (UTC)", basis, StringComparison.Ordinal);
        Assert.Contains("Slow is what takes longer than 9.1 s: the p99 of 2.4.1 in these days.", basis, StringComparison.Ordinal);
        Assert.Contains("95 % of the expected events have arrived; 1 day waits for the rest.", basis, StringComparison.Ordinal);
        Assert.Contains("Of 90 devices that took 2.5.0 more than a day ago 12 fell silent, of 120 on 2.4.1 8.", basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ALargeFleet_SaysWhichPartWasAsked()
    {
        var basis = string.Join(' ', Write(SomeReleases.Answer(oneDeviceIn: 32)).Basis);

        Assert.Contains("one device in 32 was asked", basis, StringComparison.Ordinal);
        Assert.DoesNotContain("the p99 of", basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Against_OffersTheOthersAndMarksTheOne()
    {
        var judged = Write(SomeReleases.Answer());

        Assert.Equal([("2.6.0", false), ("2.4.1", true), ("2.4.0", false)], judged.Against.Select(option => (option.Text, option.IsCurrent)));
        Assert.Equal("/releases?range=24h&release=2.5.0&baseline=2.4.0", judged.Against[2].Address);
    }

    [Fact]
    public void Write_NoOtherRelease_SaysSoAndClaimsNothing()
    {
        var judged = Write(SomeReleases.Answer(baseline: ""));

        Assert.Equal("Wait: There is no other release to hold 2.5.0 against.", judged.Sentence);
        Assert.Empty(judged.Basis);
    }

    private static ReleaseCase Write(VerdictAnswer answer) =>
        CaseWriter.Write(answer, State, "notes", ["2.6.0", "2.5.0", "2.4.1", "2.4.0"], new ReleaseLinks(State, "notes", ["2.4.1", "2.5.0"], null));
}
