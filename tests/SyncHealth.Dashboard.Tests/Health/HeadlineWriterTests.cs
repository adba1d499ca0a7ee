using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class HeadlineWriterTests
{
    [Fact]
    public void Write_AllGood_SaysSoWithTheSample() => AssertHeadline(
        Facts(), Band.Good, "Nothing is wrong. 99 % of 1,000 syncs from 100 devices succeeded in the last hour.");

    [Fact]
    public void Write_OneSegmentFails_SaysWhatSinceWhenAndWhere()
    {
        var facts = Facts() with
        {
            Total = Some.Point(1000, 136) with { Failures = new FailureSplit(10, 120, 6) },
            Points = Some.Minutes(minute => minute >= 10 ? 16 : 1),
            Cells = Some.Cells(failures: 92),
        };

        AssertHeadline(
            facts, Band.Poor,
            "Sync success is 86.4 % (target 95 %), worse since 14:10: app version 2.5.0 on cellular has 92 % of the failures. Most failures are the server's or time-outs.");
        Assert.Equal([new DimensionFilter("app_version", "2.5.0"), new DimensionFilter("network", "cellular")], HeadlineWriter.Write(facts).Suspect);
    }

    [Fact]
    public void Write_EverywhereAndAllTheTime_NamesNoSegment() => AssertHeadline(
        Facts() with { Total = Some.Point(1000, 80), Points = Some.Minutes(_ => 8) }, Band.NeedsAttention,
        "Sync success is 92 % (target 95 %) throughout the last hour. No single version, OS or network stands out.");

    [Fact]
    public void Write_Recovered_SaysFromWhenToWhenAndIsNoLongerPoor() => AssertHeadline(
        Facts() with { Total = Some.Point(6000, 800), Points = Some.Minutes(minute => minute is >= 10 and < 30 ? 40 : 0) }, Band.NeedsAttention,
        "Sync success is 86.7 % (target 95 %), bad from 14:10 to 14:30 and good again since. No single version, OS or network stands out.");

    [Fact]
    public void Write_SlowForAWhile_ASlowMinuteAfterwardsDoesNotKeepItBad() => AssertHeadline(
        Facts() with
        {
            Total = Some.Point(6000, 6) with { DurationMs = new DurationPercentiles(300, 1700, 65_000), Over60s = 401 },
            Points = [.. Some.Minutes(_ => 0).Select((point, minute) => point with { Over60s = minute is >= 10 and < 30 ? 20 : minute == 45 ? 1 : 0 })],
        },
        Band.NeedsAttention,
        "One sync in a hundred takes 65 s or longer (target 30 s), bad from 14:10 to 14:30 and good again since. No single version, OS or network stands out.");

    [Fact]
    public void Write_BetterButNotGood_SaysWhenItWasWorst() => AssertHeadline(
        Facts() with { Total = Some.Point(6000, 1200), Points = Some.Minutes(minute => minute is >= 10 and < 30 ? 50 : 7) }, Band.Poor,
        "Sync success is 80 % (target 95 %), worst from 14:10 to 14:30. No single version, OS or network stands out.");

    [Fact]
    public void Write_GoodAverageHidesABadSegment_NamesIt() => AssertHeadline(
        Facts() with { Total = Some.Point(6000, 120), Points = Some.Minutes(minute => minute >= 30 ? 4 : 0), Cells = Some.Cells(failures: 60) }, Band.NeedsAttention,
        "Sync success is good overall (98 %), but app version 2.5.0 on cellular succeeds in only 40 %, worse since 14:30.");

    [Fact]
    public void Write_SlowSyncs_LeadWhenSuccessIsGood() => AssertHeadline(
        Facts() with { Total = Some.Point() with { DurationMs = new DurationPercentiles(500, 9000, 71_000), Over60s = 12 } }, Band.Poor,
        "One sync in a hundred takes 71 s or longer (target 30 s) throughout the last hour.");

    [Fact]
    public void Write_TwoSignsPoor_LeadsWithTheMoreUrgentAndMentionsTheOther() => AssertHeadline(
        Facts() with { Total = Some.Point(1000, 300) with { StalenessSeconds = new Staleness(100, 100_000, 200_000, 0) } }, Band.Poor,
        "Sync success is 70 % (target 95 %) throughout the last hour. No single version, OS or network stands out. Also: Staleness is poor.");

    /// <summary>What times out is slow and has failed: the failure is the story, and the card as red as the worst of the two.</summary>
    [Fact]
    public void Write_SyncsTimeOut_LeadsWithTheFailuresAndMentionsTheSlowness() => AssertHeadline(
        Facts() with
        {
            Total = Some.Point(1000, 80) with { DurationMs = new DurationPercentiles(500, 9000, 71_000), Over60s = 80 },
            Points = Some.Minutes(_ => 8),
        },
        Band.Poor,
        "Sync success is 92 % (target 95 %) throughout the last hour. No single version, OS or network stands out. Also: Sync duration is poor.");

    [Fact]
    public void Write_FailuresAreOverButSyncsAreSlow_LeadsWithTheSlowness() => Assert.Equal(VitalSign.Duration, HeadlineWriter.Write(Facts() with
    {
        Total = Some.Point(6000, 400) with { DurationMs = new DurationPercentiles(500, 9000, 71_000), Over60s = 80 },
        Points = Some.Minutes(minute => minute is >= 10 and < 30 ? 20 : 0),
    }).Sign);

    [Fact]
    public void Write_StaleDevicesOfOneVersion_CountsDevices() => AssertHeadline(
        Facts() with
        {
            Total = Some.Point() with { StalenessSeconds = new Staleness(100, 100_000, 200_000, 0) },
            StaleDevices = [Stale("2.4.1", fresh: 180, stale: 2), Stale("2.5.0", fresh: 4, stale: 30)],
        },
        Band.Poor,
        "One device in ten has not synced for 1 d 3 h or longer (target 6 h) throughout the last hour: app version 2.5.0 has 93 % of the stale devices.");

    [Fact]
    public void Write_Filtered_SaysAmongWhat() => AssertHeadline(
        Facts() with { Filters = FilterSet.Parse(["app_version:2.5.0", "network:wifi"]) }, Band.Good,
        "Nothing is wrong. 99 % of 1,000 syncs from 100 devices succeeded in the last hour among app version 2.5.0 on Wi-Fi.");

    [Fact]
    public void Write_FiveFailuresOfSix_AreTooFewToJudge() => AssertHeadline(
        Facts() with { Total = Some.Point(6, 5) with { QueueDepth = new QueueDepth(2, 0, 0, 0, null) }, Points = [] }, Band.TooFew,
        "Too few syncs to judge. 16.7 % of 6 syncs from 6 devices succeeded in the last hour.");

    [Fact]
    public void Write_NoAttempts_SaysWhatToDo() => AssertHeadline(
        Facts() with { Total = Some.Point(0, 0) }, Band.NoData,
        "No sync attempts in the last hour. Choose a longer range, or see below how to send one.");

    [Fact]
    public void Write_ABusyFleetWentSilent_SaysSinceWhenInsteadOfJudgingOldNumbers() => AssertHeadline(
        Facts() with { Points = [.. Some.Minutes(_ => 1).Take(40)] }, Band.Poor,
        "No sync attempts arrive since 14:40 (20 min), though about 2,000 were to be expected: the apps cannot send, or ingest does not receive.");

    [Fact]
    public void Write_DropExplainedByARegionAndAnError_NamesBoth()
    {
        var facts = Facts() with
        {
            Total = Some.Point(1000, 136) with { Failures = new FailureSplit(10, 120, 6) },
            Points = Some.Minutes(minute => minute >= 10 ? 16 : 1),
            Cause = Some.Cause([Some.GotWorse(new DimensionValue("tag:region", "ap-south"))], new ErrorCause(new ErrorCodeCounts("server:http_503", 0, 1700), 0.94, 0.001)),
        };

        AssertHeadline(
            facts, Band.Poor,
            "Sync success is 86.4 % (target 95 %), worse since 14:10: region ap-south got worse, which explains 97 % of the drop; the error is server · http_503. Most failures are the server's or time-outs.");
        Assert.Equal([new DimensionFilter("tag:region", "ap-south")], HeadlineWriter.Write(facts).Suspect);
    }

    [Fact]
    public void Write_DropByMovedTraffic_SaysThatNothingGotWorse() => AssertHeadline(
        Facts() with
        {
            Total = Some.Point(1000, 80),
            Points = Some.Minutes(_ => 8),
            Cause = Some.Cause([Some.GotWorse(new DimensionValue("network", "cellular")) with { Kind = CauseKind.MixMoved, Explained = 1.2 }]),
        },
        Band.NeedsAttention,
        "Sync success is 92 % (target 95 %) throughout the last hour: more syncs come from cellular, which fails as often as before; that explains all of the drop.");

    [Fact]
    public void Write_DropByANewRelease_SaysThatItIsNewAndWhereInItTheFailuresAre()
    {
        var element = new CauseElement([new DimensionValue("app_version", "2.5.0")], default, new CauseCounts(2000, 700, 80));
        var facts = Facts() with
        {
            Total = Some.Point(1000, 136),
            Points = Some.Minutes(minute => minute >= 10 ? 16 : 1),
            Cells = Some.Cells(failures: 92),
            Cause = Some.Cause([new Cause(element, CauseKind.MixMoved, 0.98, 0.001)]),
        };

        AssertHeadline(
            facts, Band.Poor,
            "Sync success is 86.4 % (target 95 %), worse since 14:10: app version 2.5.0 is new, and 35 % of its syncs fail, which explains 98 % of the drop; worst is app version 2.5.0 on cellular with 92 % of the failures.");
        Assert.Equal([new DimensionFilter("app_version", "2.5.0"), new DimensionFilter("network", "cellular")], HeadlineWriter.Write(facts).Suspect);
        Assert.Equal(HeadlineWriter.Write(facts).Suspect, HeadlineWriter.Write(facts).Concentration!.Segment);
    }

    /// <summary>The finder has judged the release and its network as one: the sentence looks for nothing within it.</summary>
    [Fact]
    public void Write_DropByANewReleaseOverOneNetwork_NamesBothAndWhatWasThereBefore()
    {
        var facts = Facts() with
        {
            Total = Some.Point(1000, 136),
            Points = Some.Minutes(minute => minute >= 10 ? 16 : 1),
            Cells = Some.Cells(failures: 92),
            Cause = Some.Cause([Some.GotWorse(new DimensionValue("app_version", "2.5.0"), new DimensionValue("network", "cellular")) with { Kind = CauseKind.New }]),
        };

        AssertHeadline(
            facts, Band.Poor,
            "Sync success is 86.4 % (target 95 %), worse since 14:10: app version 2.5.0 on cellular is new, and 90 % of its syncs fail, where 2 % failed before it, which explains 97 % of the drop.");
        Assert.Equal([new DimensionFilter("app_version", "2.5.0"), new DimensionFilter("network", "cellular")], HeadlineWriter.Write(facts).Suspect);
        Assert.Null(HeadlineWriter.Write(facts).Concentration);
    }

    [Fact]
    public void Write_DropThatNothingExplains_SaysSo() => AssertHeadline(
        Facts() with { Total = Some.Point(1000, 80), Points = Some.Minutes(_ => 8), Cause = Some.Cause([]) }, Band.NeedsAttention,
        "Sync success is 92 % (target 95 %) throughout the last hour. No single dimension explains this beyond doubt.");

    [Fact]
    public void Write_DropWithoutProofButFailuresInOnePlace_NamesThePlaceAsWhatItIs()
    {
        var facts = Facts() with
        {
            Total = Some.Point(1000, 136), Points = Some.Minutes(minute => minute >= 10 ? 16 : 1), Cells = Some.Cells(failures: 92), Cause = Some.Cause([]),
        };

        AssertHeadline(facts, Band.Poor, "Sync success is 86.4 % (target 95 %), worse since 14:10: app version 2.5.0 on cellular has 92 % of the failures.");
        Assert.Equal(HeadlineWriter.Write(facts).Suspect, HeadlineWriter.Write(facts).Concentration!.Segment);
    }

    [Fact]
    public void Write_GoodAverageHidesASegmentWithoutProof_HandsItToThePanel()
    {
        var facts = Facts() with
        {
            Total = Some.Point(6000, 120), Points = Some.Minutes(minute => minute >= 30 ? 4 : 0), Cells = Some.Cells(failures: 60), Cause = Some.Cause([]),
        };

        AssertHeadline(facts, Band.NeedsAttention, "Sync success is good overall (98 %), but app version 2.5.0 on cellular succeeds in only 40 %, worse since 14:30.");
        Assert.Equal(HeadlineWriter.Write(facts).Suspect, HeadlineWriter.Write(facts).Concentration!.Segment);
    }

    [Fact]
    public void Write_ProvenCause_LeavesNothingUnproven() => Assert.Null(HeadlineWriter.Write(Facts() with
    {
        Total = Some.Point(1000, 136),
        Points = Some.Minutes(minute => minute >= 10 ? 16 : 1),
        Cells = Some.Cells(failures: 92),
        Cause = Some.Cause([Some.GotWorse(new DimensionValue("tag:region", "ap-south"))]),
    }).Concentration);

    [Fact]
    public void Write_DropOfTooFewDevicesToExplain_FallsBackOnWhatDoesWorstInTheRange()
    {
        var few = Some.Cause([]) with { Now = new CauseCounts(1000, 136, 40) };

        AssertHeadline(
            Facts() with { Total = Some.Point(1000, 136), Points = Some.Minutes(minute => minute >= 10 ? 16 : 1), Cells = Some.Cells(failures: 92), Cause = few }, Band.Poor,
            "Sync success is 86.4 % (target 95 %), worse since 14:10: app version 2.5.0 on cellular has 92 % of the failures.");
    }

    [Fact]
    public void Write_GoodAverageHidesARegionThatDropped_NamesIt() => AssertHeadline(
        Facts() with
        {
            Total = Some.Point(6000, 120), Points = Some.Minutes(minute => minute >= 30 ? 4 : 0),
            Cause = Some.Cause([Some.GotWorse(new DimensionValue("tag:region", "ap-south"))]),
        },
        Band.NeedsAttention,
        "Sync success is good overall (98 %), but region ap-south succeeds in only 10 %, worse since 14:30.");

    private static HeadlineFacts Facts() => new()
    {
        Range = TimeRange.Hour,
        Now = Some.Now,
        Bands = Some.Bands,
        Total = Some.Point(),
        Points = Some.Minutes(_ => 1),
        Cells = Some.Cells(failures: 1),
    };

    private static DistributionGroup Stale(string version, long fresh, long stale) => new(
        new Dictionary<string, string> { ["app_version"] = version, ["os"] = "ios", ["network"] = "wifi" },
        [new DistributionBucket(60, 120, fresh), new DistributionBucket(86_400, null, stale)]);

    private static void AssertHeadline(HeadlineFacts facts, Band band, string text)
    {
        var headline = HeadlineWriter.Write(facts);

        Assert.Equal(text, headline.ToText(ViewerClock.Utc, Some.Now).Replace('\u00A0', ' '));
        Assert.Equal(band, headline.Band);
    }
}
