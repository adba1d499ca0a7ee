using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Tests.Devices;

public sealed class DeviceStoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tell_NothingHappened_IsNoStory() => Assert.Empty(DeviceStory.Tell([]));

    [Fact]
    public void Tell_LikeThingsInARow_AreOneLineWithTheAppBeingOpened()
    {
        var line = Assert.Single(DeviceStory.Tell([Sync(0, pushed: 2), Event(5, "open"), Sync(10, pushed: 3, ms: 1200), Sync(20)]));

        Assert.Equal((StoryKind.Well, Band.Good), (line.Kind, line.Band));
        Assert.Equal("3 syncs succeeded", Plain(line.Title));
        Assert.Equal("400 ms to 1.2 s · 5 up, 0 down · Wi-Fi · app opened 1 time", Plain(line.Detail));
        Assert.Equal((Noon, Noon.AddMinutes(20)), (line.From, line.To));
    }

    [Fact]
    public void Tell_FailuresOfAnotherKind_BeginALineOfTheirOwn()
    {
        var story = DeviceStory.Tell([Fail(0, "server", "http_503", queue: 3), Fail(1, "server", "http_503", queue: 8), Fail(2, "offline", ""), Sync(3)]);

        Assert.Equal(["1 sync succeeded", "1 attempt failed: offline", "2 attempts failed: server (http_503)"], story.Select(line => Plain(line.Title)));
        Assert.Contains("3 → 8 waiting", Plain(story[2].Detail), StringComparison.Ordinal);
        Assert.Equal(Band.Poor, story[2].Band);
    }

    [Fact]
    public void Tell_CodeThatRepeatsItsKind_IsSaidOnce() =>
        Assert.Equal("1 attempt failed: timeout", Plain(Assert.Single(DeviceStory.Tell([Fail(0, "timeout", "timeout")])).Title));

    [Fact]
    public void Tell_CancelledAttempt_IsNoErrorOfItsLastKind()
    {
        var line = Assert.Single(DeviceStory.Tell([Event(0, "delta") with { Outcome = "cancelled" }]));

        Assert.Equal("1 attempt failed: cancelled", Plain(line.Title));
    }

    [Fact]
    public void Tell_OnlyOpened_SaysSo() =>
        Assert.Equal(["App opened 2 times"], DeviceStory.Tell([Event(0, "open"), Event(3, "open")]).Select(line => Plain(line.Title)));

    [Fact]
    public void Tell_Reset_SaysWhatWasDiscarded()
    {
        var story = DeviceStory.Tell([Event(0, "reset") with { Rejected = 13 }, Event(1, "reset")]);

        Assert.Equal(["Client reset: nothing unsynced was discarded", "Client reset: 13 unsynced changes were discarded"], story.Select(line => Plain(line.Title)));
        Assert.Equal([Band.NeedsAttention, Band.Poor], story.Select(line => line.Band));
    }

    [Fact]
    public void Tell_RefusedAndConflicts_SayWhatAndHowItWasSettled()
    {
        var story = DeviceStory.Tell([Sync(0) with
        {
            Outcome = "partial", Rejected = 2, ConflictCount = 1,
            DetailsJson = """{"failures":[{"entity":"photo","kind":"denied","code":"http_422","count":2,"parked":true}]}""",
            ConflictsJson = """[{"entity":"note","kind":"update_update","strategy":"lww","winner":"remote","discarded":1,"count":1}]""",
        }]);

        Assert.Equal(["1 conflict", "The server refused 2 items", "1 sync succeeded"], story.Select(line => Plain(line.Title)));
        Assert.Equal("note: last write wins, the other side kept, 1 edit discarded", Plain(story[0].Detail));
        Assert.Equal("2 × photo denied (http_422), parked on the device", story[1].Detail);
    }

    [Fact]
    public void Tell_WorkPutOff_SaysWhyAndHowMuchStillWaits()
    {
        var line = Assert.Single(DeviceStory.Tell(
        [
            Sync(0) with { DetailsJson = """{"deferred":[{"reason":"metered","count":14},{"reason":"joined_user","count":1}]}""" },
            Sync(5) with { DetailsJson = """{"deferred":[{"reason":"metered","count":12},{"reason":"low_storage","count":1}]}""" },
        ]));

        Assert.EndsWith(" · put off: 12 × metered network (last of 2 reports), 1 × low storage", Plain(line.Detail), StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_PutOffWhenTheAppWasOpened_SaysSoToo()
    {
        var line = Assert.Single(DeviceStory.Tell([Event(0, "open") with { DetailsJson = """{"deferred":[{"reason":"no_network","count":3}]}""" }]));

        Assert.Equal("put off: 3 × no network", Plain(line.Detail));
    }

    [Theory]
    [InlineData("""{"failures":[{"entity":"photo","kind":"denied","count":1}]}""")]
    [InlineData("""{"deferred":[{"reason":"joined_user","count":2}]}""")]
    [InlineData("""{"deferred":[{"reason":"metered","count":0},{"count":2},{"reason":null,"count":2}]}""")]
    public void Tell_NothingPutOff_SaysNothingOfIt(string details) =>
        Assert.DoesNotContain("put off", Assert.Single(DeviceStory.Tell([Sync(0) with { DetailsJson = details }])).Detail, StringComparison.Ordinal);

    [Fact]
    public void Tell_ConflictsThatNobodyDescribed_AreCountedAllTheSame()
    {
        var story = DeviceStory.Tell([Sync(0) with { ConflictCount = 4 }]);

        Assert.Equal(("4 conflicts", ""), (Plain(story[0].Title), story[0].Detail));
    }

    [Fact]
    public void Tell_VersionAndSystemChanged_StandBetweenBeforeAndAfter()
    {
        var story = DeviceStory.Tell([Sync(0), Sync(1) with { AppVersion = "2.5.0", OsVersion = "15" }]);

        Assert.Equal(["1 sync succeeded", "Android 14 → Android 15", "App 2.4.1 → 2.5.0", "1 sync succeeded"], story.Select(line => Plain(line.Title)));
    }

    [Fact]
    public void Tell_NumbersMissing_AreReportsThatNeverArrived()
    {
        var story = DeviceStory.Tell([Sync(0) with { Seq = 4 }, Sync(1) with { Seq = 5 }, Sync(2) with { Seq = 9 }]);

        Assert.Equal(["1 sync succeeded", "3 reports never arrived", "2 syncs succeeded"], story.Select(line => Plain(line.Title)));
        Assert.StartsWith("numbers 6 to 8", story[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_ArrivedInAnyOrder_IsToldInTheOrderOfTime()
    {
        var events = Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? Fail(i, "timeout", "") : Sync(i) with { Seq = i }).ToArray();
        var expected = DeviceStory.Tell(events);

        for (var seed = 1; seed <= 20; seed++)
            Assert.Equal(expected, DeviceStory.Tell(events.OrderBy(_ => new Random(seed).Next()).ToArray()));
        Assert.Equal(expected.OrderByDescending(line => line.From).Select(line => line.From), expected.Select(line => line.From));
    }

    [Theory]
    [InlineData(23 * 60, 1)]
    [InlineData(24 * 60, 3)]
    public void Tell_SilentForADay_IsALine(int minutes, int lines) => Assert.Equal(lines, DeviceStory.Tell([Sync(0), Sync(minutes)]).Count);

    internal static DeviceEvent Event(int minute, string type) => new()
    {
        At = Noon.AddMinutes(minute), Type = type, Outcome = "none", Network = "wifi", AppVersion = "2.4.1", Os = "android", OsVersion = "14", DurationMs = 400,
    };

    internal static DeviceEvent Sync(int minute, int pushed = 0, int ms = 400) => Event(minute, "delta") with { Outcome = "success", Pushed = pushed, DurationMs = ms };

    internal static DeviceEvent Fail(int minute, string kind, string code, int queue = 0) =>
        Event(minute, "delta") with { Outcome = "failure", ErrorKind = kind, ErrorCode = code, QueuedItems = queue };

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
