using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class FleetSnapshotLoopTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Snapshots_PastPoints_ShowTheFleetAsItStoodThen()
    {
        // 14:37:20: two devices wait. 14:43:20: one has synced, the other waits on.
        await _stage.CommitAsync(
            new Attempt(Now.AddMinutes(-10)) { Device = 1, Queue = 30 },
            new Attempt(Now.AddMinutes(-20)) { Device = 2, Queue = 2_000, OldestPending = TimeSpan.FromMinutes(5), Version = "9.9" });
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(6));
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-1)) { Device = 1, Queue = 0 });
        await _stage.SnapshotAsync();
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(1));

        var answer = await _stage.ReadAsync(_stage.Ask(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(1)));

        var depths = answer.Groups[0].Points.ToDictionary(point => point.At.Minute, point => point.QueueDepth);
        Assert.Equal([35, 36, 37, 38, 39, 40, 41, 42, 43, 44], depths.Keys);
        Assert.Equal(1_015, depths[35]!.Mean);
        Assert.Equal(1, depths[38]!.DevicesOver);
        Assert.Equal(1_000, depths[44]!.Mean);
        Assert.Equal((29 + 3) * 60, depths[44]!.OldestPendingSeconds);
    }

    [Fact]
    public async Task Snapshots_PastMoment_AgesTheStalenessOfThen()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)) { Device = 1 });
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(30));

        // The snapshot of 14:35 answers for 14:44, when the success of 13:37:20 was 1 h 6 min 40 s old.
        var query = _stage.Ask(TimeSpan.FromHours(2)) with { To = VitalsStage.Start.AddSeconds(400) };
        var point = await _stage.ReadOneAsync(query);

        Assert.InRange(point.StalenessSeconds!.P50, 4_000 * 0.99, 4_000 * 1.01);
        Assert.Null((await _stage.ReadOneAsync(query with { To = VitalsStage.Start.AddMinutes(9) })).QueueDepth);
    }

    [Fact]
    public async Task Now_DimensionsOfTheDevice_AnswerFromItsState()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, Queue = 3, Model = "Pixel 8", Cohort = "beta" },
            new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 5, Model = "Pixel 8", Cohort = "stable" },
            new Attempt(Now.AddHours(-1)) { Device = 3, Queue = 7, Model = "iPhone 15", Cohort = "stable" });

        var groups = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromHours(2), null, "tag:cohort,device_model"))).Groups;
        var filtered = await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(2), null, "", new DimensionFilter("tag:cohort", "stable")));
        var attempts = await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(2), null, "", new DimensionFilter("type", "delta")));

        Assert.Equal([3.0, 5.0, 7.0], groups.Select(group => group.Points[0].QueueDepth!.Mean));
        Assert.Equal("stable", groups[1].By["tag:cohort"]);
        Assert.Equal(6, filtered.QueueDepth!.Mean);
        Assert.Null(attempts.QueueDepth);
    }

    [Fact]
    public async Task Snapshot_OlderThanRetention_IsDropped()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)));
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(FleetSnapshotLoop.Retention + FleetSnapshotLoop.Interval);
        await _stage.SnapshotAsync();

        await using var command = _stage.DataSource.CreateCommand("select count(*) from synchealth.fleet_snapshot");
        Assert.Equal(1L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
