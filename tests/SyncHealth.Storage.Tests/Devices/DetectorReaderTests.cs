using SyncHealth.Contracts;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Devices;

/// <summary>Features N12, N13, N17, N18 and N19: each detector at its edges; the examples of docs/semantics.md are among them.</summary>
public sealed class DetectorReaderTests : IAsyncLifetime
{
    private const string Refused = """{"failures":[{"entity":"photo","kind":"denied","code":"http_422","count":1,"parked":false}]}""";
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>The shape of powersync.dart#307: connected, no error, the queue stays at 200.</summary>
    [Fact]
    public async Task Stuck_ThreeSuccessesThatMoveNothing_AreOne()
    {
        await _stage.CommitAsync(Syncs(1, 3, attempt => attempt with { Queue = 200 }));
        await _stage.CommitAsync(Syncs(2, 3, attempt => attempt with { Queue = 200, Pushed = 3 }));

        var group = await CountAsync();

        Assert.Equal((2L, 1L, 200L), (group.Devices, group.Stuck, group.StuckItems));
        Assert.Equal([(Detector.Stuck, DeviceKeyText.Of(1), 200L)], (await ListAsync()).Select(device => (device.Detector, device.Key, device.Items)));
    }

    [Fact]
    public async Task Stuck_TwoSuccesses_AreNotYetOne() => Assert.Equal(0, (await AfterAsync(Syncs(1, 2, attempt => attempt with { Queue = 5 }))).Stuck);

    [Fact]
    public async Task Stuck_NothingWaits_IsNotStuck() => Assert.Equal(0, (await AfterAsync(Syncs(1, 9, attempt => attempt))).Stuck);

    [Fact]
    public async Task Stuck_FailureAmongTheThree_IsAFailureAndNotStuck() =>
        Assert.Equal(0, (await AfterAsync(Syncs(1, 3, attempt => attempt with { Queue = 5 }), [Sync(1, 2) with { Queue = 5, Outcome = SyncOutcome.Failure, Error = SyncErrorKind.Server }])).Stuck);

    [Fact]
    public async Task Stuck_SomethingMovesAtLast_IsOver() =>
        Assert.Equal(0, (await AfterAsync(Syncs(1, 4, attempt => attempt with { Queue = 5 }), [Sync(1, 0) with { Queue = 4, Pushed = 1 }])).Stuck);

    /// <summary>A pull cannot move anything up: pulls between two pushes say nothing.</summary>
    [Fact]
    public async Task Stuck_PullsOnly_SayNothing() => Assert.Equal(0, (await AfterAsync(Syncs(1, 5, attempt => attempt with { Queue = 5, Type = SyncType.Pull }))).Stuck);

    /// <summary>The shape of Dotmim.Sync#1086: 1,486 rows sent in every run.</summary>
    [Fact]
    public async Task Reupload_TheSameRowsInEveryRun_AreSentAgain()
    {
        await _stage.CommitAsync(Syncs(1, 4, attempt => attempt with { Pushed = 1486 }));
        await _stage.CommitAsync(Syncs(2, 4, attempt => attempt with { Pushed = 1 }));

        var group = await CountAsync();

        Assert.Equal((1L, 4458L, 5948L), (group.Reuploading, group.ResentItems, group.PushedItems));
        Assert.Equal(100.0 * 4458 / 5948, group.ReuploadRatio);
    }

    /// <summary>A backlog of 400 that leaves a hundred at a time: the queue shrinks.</summary>
    [Fact]
    public async Task Reupload_BacklogInEqualPortions_IsNone() =>
        Assert.Equal(0, (await AfterAsync([Sync(1, 4) with { Pushed = 100, Queue = 300 }, Sync(1, 3) with { Pushed = 100, Queue = 200 }, Sync(1, 2) with { Pushed = 100, Queue = 100 }, Sync(1, 1) with { Pushed = 100 }])).Reuploading);

    /// <summary>Nine items three times are somebody's habit.</summary>
    [Theory]
    [InlineData(9, 3, 0)]
    [InlineData(10, 3, 1)]
    [InlineData(10, 2, 0)]
    public async Task Reupload_NeedsThreeEqualPushesOfTenItems(int items, int syncs, long expected) =>
        Assert.Equal(expected, (await AfterAsync(Syncs(1, syncs, attempt => attempt with { Pushed = items }))).Reuploading);

    [Fact]
    public async Task Poison_SameItemFailsThreeTimes_IsNamedByEntityAndCode()
    {
        await _stage.CommitAsync(Syncs(1, 3, attempt => attempt with { Queue = 12, Outcome = SyncOutcome.Partial, Details = Refused }));

        Assert.Equal(1, (await CountAsync()).Poisoned);
        Assert.Equal([(Detector.Poison, "photo", "http_422", 12L)], (await ListAsync()).Where(device => device.Detector == Detector.Poison).Select(device => (device.Detector, device.Entity, device.Code, device.Items)));
    }

    [Theory]
    [InlineData(2, Refused, 12)]                                                          // twice is a bad day
    [InlineData(3, """{"failures":[{"entity":"photo","kind":"denied","code":"http_422","count":1,"parked":true}]}""", 12)]      // set aside: it blocks nothing
    [InlineData(3, Refused, 0)]                                                           // nothing waits behind it
    [InlineData(3, """{"failures":null}""", 12)]
    [InlineData(3, """{"deferred":[{"reason":"metered","count":2}]}""", 12)]
    public async Task Poison_WhatBlocksNothing_IsNone(int syncs, string details, int queue) =>
        Assert.Equal(0, (await AfterAsync(Syncs(1, syncs, attempt => attempt with { Queue = queue, Outcome = SyncOutcome.Partial, Details = details }))).Poisoned);

    [Fact]
    public async Task Poison_AnotherItemEachTime_IsNone() =>
        Assert.Equal(0, (await AfterAsync(Enumerable.Range(1, 3).Select(index => Sync(1, index) with { Queue = 12, Details = Refused.Replace("photo", $"entity{index}", StringComparison.Ordinal) }))).Poisoned);

    /// <summary>N17: a reset is a loss of work, not a successful first sync. One that discards nothing is neither.</summary>
    [Fact]
    public async Task Reset_WithUnsyncedItems_IsALoss()
    {
        await _stage.CommitAsync(Sync(1, 5) with { Type = SyncType.Reset, Rejected = 7 }, Sync(2, 5) with { Type = SyncType.Reset }, Sync(3, 5) with { Rejected = 4 });

        var group = await CountAsync();

        Assert.Equal((3L, 1L, 7L), (group.Devices, group.Reset, group.LostItems));
        Assert.Equal([(Detector.Reset, DeviceKeyText.Of(1), 7L)], (await ListAsync()).Select(device => (device.Detector, device.Key, device.Items)));
    }

    /// <summary>N19: from 55 minutes on, either way, by the latest report.</summary>
    [Theory]
    [InlineData(54, 0)]
    [InlineData(55, 1)]
    [InlineData(-55, 1)]
    [InlineData(60 * 24 * 365 * 2, 1)]
    public async Task Clock_OffByWhatIngestCorrects_IsNotTrusted(int minutes, long expected) =>
        Assert.Equal(expected, (await AfterAsync([Sync(1, 20) with { ClockOff = TimeSpan.FromDays(9) }, Sync(1, 5) with { ClockOff = TimeSpan.FromMinutes(minutes) }])).ClocksOff);

    /// <summary>N18: the numbers 1 to 10 without 4, and 3 twice with different ids; a device that numbers nothing is left out.</summary>
    [Fact]
    public async Task Loss_NumbersThatNoEventCarries_AreMissing()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 10).Where(seq => seq != 4).Select(seq => Sync(1, 20 - seq) with { Seq = seq }));
        await _stage.CommitAsync(Sync(1, 17) with { Seq = 3 }, Sync(2, 5), Sync(3, 5) with { Seq = 40 });

        var group = await CountAsync();

        Assert.Equal((3L, 1L, 11L, 10L), (group.Devices, group.WithGaps, group.Issued, group.Received));
        Assert.Equal(100.0 / 11, group.TelemetryLoss!.Value, 9);
    }

    [Fact]
    public async Task Count_ByDimensions_PutsADeviceWhereItsLatestReportIs()
    {
        await _stage.CommitAsync(Syncs(1, 3, attempt => attempt with { Queue = 5, Version = attempt.At > Now.AddMinutes(-2) ? "2.0" : "1.0", Cohort = "beta" }));
        await _stage.CommitAsync(Sync(2, 4) with { Version = "1.0", Cohort = "stable" });

        var groups = await new DetectorReader(_stage.DataSource).CountAsync(Question() with { By = ["app_version", "tag:cohort"] }, Token);
        var beta = await new DetectorReader(_stage.DataSource).CountAsync(Question() with { Filters = [new DimensionFilter("tag:cohort", "beta")] }, Token);

        Assert.Equal([("1.0", "stable", 1L, 0L), ("2.0", "beta", 1L, 1L)], groups.Select(group => (group.By["app_version"], group.By["tag:cohort"], group.Devices, group.Stuck)));
        Assert.Equal((1L, 1L), beta.Select(group => (group.Devices, group.Stuck)).Single());
    }

    /// <summary>N21: what had not arrived at a moment says nothing of it; the order of arrival does not matter.</summary>
    [Fact]
    public async Task Count_AsOfAMoment_KnowsWhatHadArrived()
    {
        var syncs = Syncs(1, 3, attempt => attempt with { Queue = 5, Received = Now.AddMinutes(-1) }).ToArray();
        await _stage.CommitAsync(syncs[1] with { Received = Now.AddMinutes(30) }, syncs[0], syncs[2]);
        var then = await CountAsync();
        _stage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, then.Stuck);
        Assert.Equal(1, (await CountAsync()).Stuck);
        Assert.Equal(0, Assert.Single(await new DetectorReader(_stage.DataSource).CountAsync(Question() with { From = Now.AddHours(-7), At = Now.AddHours(-1) }, Token)).Stuck);
    }

    [Fact]
    public async Task Count_OutsideTheWindowOrOfAnotherApp_IsNothing()
    {
        await _stage.CommitAsync(Sync(1, 6 * 60 + 1), Sync(2, 5) with { App = "mail" }, Sync(3, 5) with { Device = null });
        Assert.Empty(await new DetectorReader(_stage.DataSource).CountAsync(Question(), Token));
    }

    [Fact]
    public async Task List_MoreThanTheLimit_HasThoseWithMostAtStake()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 5).SelectMany(device => Syncs(device, 3, attempt => attempt with { Queue = device * 10 })));
        Assert.Equal([50L, 40L], (await new DetectorReader(_stage.DataSource).ListAsync(Question(), 2, Token)).Select(device => device.Items));
    }

    [Fact]
    public async Task Count_DimensionOfNoDevice_IsRefused() =>
        await Assert.ThrowsAsync<VitalsQueryException>(() => new DetectorReader(_stage.DataSource).CountAsync(Question() with { By = ["outcome"] }, Token));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Attempt Sync(long device, int minutesAgo) => new(Now.AddMinutes(-minutesAgo)) { Device = device };

    /// <summary>So many syncs of a device, a minute apart, the last a minute ago.</summary>
    private IEnumerable<Attempt> Syncs(long device, int count, Func<Attempt, Attempt> change) => Enumerable.Range(0, count).Select(index => change(Sync(device, count - index)));

    private DetectorQuery Question() => new() { App = "notes", From = Now.AddHours(-6), At = Now };

    private async Task<DetectionGroup> AfterAsync(params IEnumerable<Attempt>[] attempts)
    {
        await _stage.CommitAsync(attempts.SelectMany(some => some));
        return await CountAsync();
    }

    private async Task<DetectionGroup> CountAsync() => Assert.Single(await new DetectorReader(_stage.DataSource).CountAsync(Question(), Token));

    private Task<IReadOnlyList<DetectedDevice>> ListAsync() => new DetectorReader(_stage.DataSource).ListAsync(Question(), 10, Token);
}
