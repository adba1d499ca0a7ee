using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.ServerLog;

namespace SyncHealth.Dashboard.Tests.Devices;

public sealed class WorkAnswerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    private static readonly DeviceFacts Device = new()
    {
        Key = "00000000000000a1", AppVersion = "2.4.1", LastSeenAt = Now.AddMinutes(-5), LastSuccessAt = Now.AddMinutes(-5), FirstSeenAt = Now.AddDays(-30), LongestPause = TimeSpan.FromHours(9),
    };

    [Fact]
    public void Of_NothingWaitsAndJustHeardOf_IsSafe()
    {
        var answer = Answer(Device);

        Assert.Equal((Band.Good, "Nothing waits on the device: all it had written is synced."), (answer.Band, answer.Sentence));
    }

    [Fact]
    public void Of_NothingWaitedButLongAgo_DoesNotClaimToKnow()
    {
        var answer = Answer(Device with { LastSeenAt = Now.AddHours(-3) });

        Assert.Equal(Band.NoData, answer.Band);
        Assert.Contains("What was written since then is not known.", answer.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, Band.NeedsAttention)]
    [InlineData(24, Band.Poor)]
    public void Of_WorkWaits_SaysHowMuchAndSinceWhen(int hours, Band band)
    {
        var answer = Answer(Device with { QueueDepth = 12, OldestPendingAt = Now.AddHours(-hours) });

        Assert.Equal(band, answer.Band);
        Assert.Equal($"12 changes are still on the device, the oldest for {(hours == 24 ? "1 d" : "3 h")}.", Plain(answer.Sentence));
    }

    [Fact]
    public void Of_ResetThatDiscarded_SaysLostWhateverElseIsTrue()
    {
        var answer = Answer(
            Device with { QueueDepth = 2 },
            [DeviceStoryTests.Event(0, "reset") with { At = Now.AddHours(-2), Rejected = 5 }, DeviceStoryTests.Event(0, "reset") with { At = Now.AddHours(-3), Rejected = 8 }]);

        Assert.Equal(Band.Poor, answer.Band);
        Assert.StartsWith("13 changes were lost", Plain(answer.Sentence), StringComparison.Ordinal);
        Assert.Contains("The last such reset was 2 h ago.", answer.More.Select(Plain));
        Assert.Contains("2 other changes wait on the device.", answer.More.Select(Plain));
    }

    [Fact]
    public void Of_LastAttemptFailed_SaysWhy()
    {
        var answer = Answer(Device with { QueueDepth = 1 }, [DeviceStoryTests.Fail(0, "server", "http_503") with { At = Now.AddMinutes(-4), Network = "cellular" }]);

        Assert.Contains("Its last sync succeeded 5 min ago; the last attempt, 4 min ago over cellular, failed: server (http_503).", answer.More.Select(Plain));
    }

    [Fact]
    public void Of_SilentAgainstItsOwnCadence_SaysWhatToDo()
    {
        var answer = Answer(Device with { LastSeenAt = Now.AddDays(-2), QueueDepth = 3 });
        var usual = Answer(Device with { LastSeenAt = Now.AddDays(-2), QueueDepth = 3, LongestPause = TimeSpan.FromDays(1.5) });

        Assert.Contains(answer.More, more => more.EndsWith("ask its user to open the app.", StringComparison.Ordinal));
        Assert.DoesNotContain(usual.More, more => more.Contains("silent", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_TelemetryLost_SaysWhatTheStoryLacks()
    {
        var answer = Answer(
            Device with { MissingEvents = 3, LastSuccessAt = null }, [DeviceStoryTests.Sync(0) with { Rejected = 2 }],
            [new DeviceLoss("dropped", "queue_full", 12, Now), new DeviceLoss("quarantined", "timestamp_out_of_range", 1, Now)]);

        Assert.Equal(
            [
                "All this is on the device's own word: the app's server sends no log of its own.", "No sync of it has ever succeeded.", "The server refused 2 items in this time: see below which.", "3 reports of it never arrived: its story may have holes.",
                "The device dropped 12 reports (queue_full) before sending them; telemetry, not its user's work.",
                "1 report was refused for the time they claim (timestamp_out_of_range): the device's clock is wrong.",
            ],
            answer.More.Select(Plain));
    }

    [Fact]
    public void Of_NeverSyncedAndEmpty_DoesNotClaimToKnow() => Assert.Equal(
        (Band.NoData, "The device has never synced: whether it holds work is not known."), (Answer(Device with { LastSuccessAt = null }) is var answer ? (answer.Band, answer.Sentence) : default));

    [Fact]
    public void Of_RefusedAndOverwritten_SaysTheGraverFirstAndTheOtherBeside()
    {
        var answer = WorkAnswer.Of(
            WorkStanding.Of(Facts(Device, []) with { Rejected = new(2, Now.AddHours(-1)), Overwritten = new(1, Now.AddHours(-3)), QueueDepth = 4 }, Now), Device with { QueueDepth = 4 }, [], [], Now);

        Assert.Equal((Band.NeedsAttention, "2 changes were refused by the server."), (answer.Band, Plain(answer.Sentence)));
        Assert.Equal(["1 change was overwritten in a conflict, the last 3 h ago.", "4 other changes wait on the device."], answer.More.Take(2).Select(Plain));
    }

    [Fact]
    public void Of_OverwrittenAlone_IsTheAnswer() => Assert.Equal(
        "3 changes were overwritten in a conflict: the other side's are kept.",
        Plain(WorkAnswer.Of(WorkStanding.Of(Facts(Device, []) with { Overwritten = new(3, Now) }, Now), Device, [], [], Now).Sentence));

    /// <summary>What happened before the story that is shown counts all the same.</summary>
    [Fact]
    public void Of_LossBeforeTheStory_IsTheAnswer() => Assert.StartsWith(
        "7 changes were lost", Plain(WorkAnswer.Of(WorkStanding.Of(Facts(Device, []) with { Discarded = new(7, Now.AddDays(-20)) }, Now), Device, [], [], Now).Sentence), StringComparison.Ordinal);

    /// <summary>N6: a device that says it is in order, and a server that knows nothing of it.</summary>
    [Fact]
    public void Of_SuccessThatTheServerDoesNotKnow_DoesNotClaimToKnow()
    {
        var word = new ServerWord { LogSince = Now.AddDays(-9), LogUntil = Now, HeardAt = Now.AddDays(-2) };
        var answer = WorkAnswer.Of(WorkStanding.Of(Facts(Device, []) with { Server = word }, Now), Device, [], [], Now);

        Assert.Equal((Band.NoData, "The device says that all it had written is synced, and the server does not know of it: whether it arrived is not known."), (answer.Band, answer.Sentence));
    }

    /// <summary>What the server took is no work that waits.</summary>
    [Fact]
    public void Of_ServerTookSomethingSince_SaysSoOnce()
    {
        var device = Device with { LastSeenAt = Now.AddDays(-2), LastSuccessAt = Now.AddDays(-2) };
        var word = new ServerWord { LogSince = Now.AddDays(-9), LogUntil = Now, HeardAt = Now.AddMinutes(-8), AcceptedAt = Now.AddMinutes(-9), AcceptedItems = 3 };

        var answer = WorkAnswer.Of(WorkStanding.Of(Facts(device, []) with { Server = word }, Now), device, [], [], Now);

        Assert.Contains("took 3 changes", Plain(answer.More[0]), StringComparison.Ordinal);
        Assert.DoesNotContain(answer.More, more => more.Contains("wait", StringComparison.Ordinal));
    }

    private static WorkAnswer Answer(DeviceFacts device, IReadOnlyList<DeviceEvent>? events = null, IReadOnlyList<DeviceLoss>? losses = null) =>
        WorkAnswer.Of(WorkStanding.Of(Facts(device, events ?? []), Now), device, events ?? [], losses ?? [], Now);

    private static WorkFacts Facts(DeviceFacts device, IReadOnlyList<DeviceEvent> events)
    {
        var resets = events.Where(e => e.Type == "reset" && e.Rejected > 0).ToArray();
        return new WorkFacts
        {
            Key = device.Key, LastSeenAt = device.LastSeenAt, LastSuccessAt = device.LastSuccessAt, QueueDepth = device.QueueDepth, OldestPendingAt = device.OldestPendingAt, MissingEvents = device.MissingEvents,
            Discarded = resets.Length == 0 ? default : new(resets.Sum(e => e.Rejected), resets.Max(e => e.At)),
        };
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
