using Dapper;
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

    [Fact]
    public async Task QueueDepth_ByWhatADeviceIs_HasItsHistory()
    {
        await _stage.PromoteAsync("cohort", Now);
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, Queue = 30, OsVersion = "13" },
            new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 10, Cohort = "stable" },
            new Attempt(Now.AddHours(-2)) { Device = 3, Queue = 4, Cohort = "stable", Model = "iPhone 15" });
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(30));
        await _stage.CommitAsync(new Attempt(Now) { Device = 1 }, new Attempt(Now) { Device = 2 }, new Attempt(Now) { Device = 3 });

        Assert.Equal([("Pixel 8", 20), ("iPhone 15", 4)], await BeforeAsync("device_model"));
        Assert.Equal([("beta", 30), ("stable", 7)], await BeforeAsync("tag:cohort"));
        Assert.Equal([("13", 30), ("14", 7)], await BeforeAsync("os_version"));
        Assert.Equal([("stable", 7)], await BeforeAsync("tag:cohort", new DimensionFilter("tag:cohort", "stable")));
        Assert.Empty(await BeforeAsync("tag:absent"));
        Assert.Empty(await BeforeAsync("device_model", new DimensionFilter("os", "android")));

        // As of 14:40, from the snapshot of 14:35.
        async Task<IEnumerable<(string, double)>> BeforeAsync(string by, params IReadOnlyList<DimensionFilter> filters)
        {
            var query = _stage.Ask(TimeSpan.FromHours(4), null, by, filters) with { To = VitalsStage.Start.AddSeconds(160) };
            return (await _stage.ReadAsync(query)).Groups
                .Where(group => group.Points[0].QueueDepth is not null)
                .Select(group => (group.By[by], group.Points[0].QueueDepth!.Mean));
        }
    }

    [Fact]
    public async Task QueueDepth_ByATagThatIsNotPromoted_HasItsHistoryToo()
    {
        await _stage.PromoteAsync("cohort", Now);
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1, Queue = 30, Tags = "\"ring\":\"inner\"" },
            new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 10, Tags = "\"ring\":\"inner\"", Model = "iPhone 15" },
            new Attempt(Now.AddHours(-2)) { Device = 3, Queue = 4 });
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(30));
        await _stage.CommitAsync(new Attempt(Now) { Device = 1 }, new Attempt(Now) { Device = 2 }, new Attempt(Now) { Device = 3 });
        var query = _stage.Ask(TimeSpan.FromHours(4), null, "tag:ring") with { To = VitalsStage.Start.AddSeconds(160) };

        var groups = (await _stage.ReadAsync(query)).Groups.Select(group => (group.By["tag:ring"], group.Points[0].QueueDepth!.Mean));

        Assert.Equal([("", 4), ("inner", 20)], groups);
        Assert.Equal(20, (await _stage.ReadOneAsync(query with { By = [], Filters = [new DimensionFilter("tag:ring", "inner")] })).QueueDepth!.Mean);
    }

    [Fact]
    public async Task Margins_TagsBeyondTheCap_AreThoseOfFewerDevices()
    {
        var names = Enumerable.Range(0, FleetSnapshotLoop.MaxTags).Select(number => $"tag{number}").ToArray();
        var all = string.Join(",", names.Select(name => $"\"{name}\":\"x\""));
        await _stage.PromoteAsync("cohort", Now);
        await _stage.CommitAsync(
            new Attempt(Now.AddMinutes(-1)) { Device = 1, Tags = all },
            new Attempt(Now.AddMinutes(-1)) { Device = 2, Tags = all + ",\"also\":\"x\"" });
        await _stage.CommitAsync(new Attempt(Now.AddDays(-8)) { Device = 3, Tags = "\"also\":\"x\"" }, new Attempt(Now.AddDays(-8)) { Device = 4, Tags = "\"also\":\"x\"" });
        await _stage.SnapshotAsync();

        Assert.Equal(
            [.. names.Select(name => "tag:" + name).Prepend("tag:cohort")],
            await QueryAsync<string>("select distinct dimension from synchealth.fleet_margin where dimension like 'tag:%' order by 1"));
    }

    [Fact]
    public async Task Margins_ValuesOfATagBeyondTheCap_ShareOneRowAndLoseNoDevice()
    {
        const int Values = FleetSnapshotLoop.MaxTagValues + 3;
        await _stage.CommitAsync(Enumerable.Range(1, Values).Select(device => new Attempt(Now.AddMinutes(-1)) { Device = device, Queue = device, Tags = $"\"shop\":\"shop {device:000}\"" }));
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-1)) { Device = Values + 1, Queue = 7, Tags = $"\"shop\":\"shop {Values:000}\"" });
        await _stage.SnapshotAsync();

        var shops = (await QueryAsync<(string Value, int Devices, long Queue)>("select value, devices, queue_sum from synchealth.fleet_margin where dimension = 'tag:shop'")).ToDictionary(row => row.Value);

        Assert.Equal(FleetSnapshotLoop.MaxTagValues + 1, shops.Count);
        Assert.Equal((2, Values + 7), (shops[$"shop {Values:000}"].Devices, shops[$"shop {Values:000}"].Queue));
        Assert.Equal((3, 20 + 21 + 22), (shops["__other__"].Devices, shops["__other__"].Queue));
        Assert.Equal(Values + 1, shops.Values.Sum(row => row.Devices));
    }

    [Fact]
    public async Task Margins_EachDimension_CountsEveryDeviceOnce()
    {
        await _stage.PromoteAsync("cohort", Now);
        await _stage.CommitAsync(Enumerable.Range(1, 60).Select(device => new Attempt(Now.AddMinutes(-device))
        {
            Device = device, Queue = device, OsVersion = $"{10 + (device % 3)}", Model = $"Model {device % 7}", Cohort = device % 2 == 0 ? "beta" : "stable",
        }));
        await _stage.CommitAsync(new Attempt(Now.AddDays(-8)) { Device = 61, Queue = 5_000, Cohort = "beta" });
        await _stage.SnapshotAsync();

        var rows = await QueryAsync<(string Dimension, long Values, long Devices, long Gone, long Queue)>(
            "select dimension, count(*), sum(devices), sum(gone), sum(queue_sum)::bigint from synchealth.fleet_margin group by 1 order by 1");

        // Device 61 alone is a Pixel 8 with version 14.
        Assert.Equal([("device_model", 8, 60, 1, 1_830), ("os_version", 4, 60, 1, 1_830), ("tag:cohort", 2, 60, 1, 1_830)], rows);
    }

    [Fact]
    public async Task Margins_StalenessAndOldestPending_AreThoseOfTheFleet()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-1)) { Device = 1 },
            new Attempt(Now.AddHours(-3)) { Device = 2, Queue = 1, OldestPending = TimeSpan.FromHours(1), Model = "iPhone 15" });
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(30));
        var query = _stage.Ask(TimeSpan.FromHours(6)) with { To = VitalsStage.Start.AddSeconds(400) };

        var fleet = await _stage.ReadOneAsync(query with { Filters = [new DimensionFilter("os", "android")] });
        var groups = (await _stage.ReadAsync(query with { By = ["os_version"] })).Groups;
        var model = (await _stage.ReadAsync(query with { By = ["device_model"] })).Groups.Single(group => group.By["device_model"] == "iPhone 15").Points[0];

        Assert.Equal((fleet.QueueDepth, fleet.StalenessSeconds), (groups[0].Points[0].QueueDepth, groups[0].Points[0].StalenessSeconds));
        Assert.Equal((4 * 3_600) + 400, model.QueueDepth!.OldestPendingSeconds!.Value, 3);
        Assert.InRange(model.StalenessSeconds!.P50, ((3 * 3_600) + 400) * 0.99, ((3 * 3_600) + 400) * 1.01);
    }

    [Fact]
    public async Task Margins_ValuesBeyondTheCap_ShareOneRowAndLoseNoDevice()
    {
        const int Models = FleetSnapshotLoop.MaxMarginValues + 5;
        await _stage.CommitAsync(Enumerable.Range(1, Models).Select(device => new Attempt(Now.AddMinutes(-1)) { Device = device, Queue = 2, Model = $"Model {device:000}" }));
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-1)) { Device = Models + 1, Queue = 2, Model = $"Model {Models:000}" });
        await _stage.SnapshotAsync();

        var models = (await QueryAsync<(string Value, int Devices)>("select value, devices from synchealth.fleet_margin where dimension = 'device_model'")).ToDictionary(row => row.Value, row => row.Devices);

        // The last one has two devices; of those with one, the first by name are kept.
        Assert.Equal(FleetSnapshotLoop.MaxMarginValues + 1, models.Count);
        Assert.Equal((2, 5), (models[$"Model {Models:000}"], models["__other__"]));
        Assert.Equal(Models + 1, models.Values.Sum());
    }

    [Fact]
    public async Task Margins_OlderThanTwoDays_StayOnTheHour()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-1)));
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(23));
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(FleetSnapshotLoop.MarginMinutesRetention + FleetSnapshotLoop.Interval);
        await _stage.SnapshotAsync();

        Assert.Equal(["15:00", "15:05"], await QueryAsync<string>(
            "select to_char(taken_at at time zone 'UTC', 'HH24:MI') from synchealth.fleet_margin where dimension = 'device_model' order by taken_at"));

        _stage.Clock.Advance(FleetSnapshotLoop.Retention);
        await _stage.SnapshotAsync();

        Assert.Equal([1L], await QueryAsync<long>("select count(distinct taken_at) from synchealth.fleet_margin"));
    }

    /// <summary>Of the whole fleet the few rows by system version are read, of a snapshot that has none those of every core segment: the numbers are one.</summary>
    [Fact]
    public async Task Past_WholeFleet_IsThatOfTheSnapshotBySystemVersion()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 10, OsVersion = "13", OldestPending = TimeSpan.FromHours(3) },
            new Attempt(Now.AddHours(-3)) { Device = 2, Queue = 20, OsVersion = "14", Version = "2.4.0" },
            new Attempt(Now.AddHours(-4)) { Device = 3, Queue = 60, OsVersion = "14", Network = "cellular" });
        await _stage.SnapshotAsync();
        _stage.Clock.Advance(TimeSpan.FromMinutes(20));
        var past = _stage.Ask(TimeSpan.FromHours(5)) with { To = VitalsStage.Start.AddMinutes(3), Parts = VitalsParts.Fleet };
        var production = past with { Filters = [new DimensionFilter("environment", "production")] };

        var byVersion = await FleetAsync(past);
        Assert.Equal((3, 30.0, 60), (byVersion.Depth.Devices, byVersion.Depth.Mean, byVersion.Depth.P99));
        Assert.Equal(byVersion, await FleetAsync(production));
        await QueryAsync<int>("update synchealth.fleet_snapshot set queue_sum = 7");
        Assert.Equal(byVersion, await FleetAsync(past));
        Assert.Equal(7, (await FleetAsync(past with { Filters = [new DimensionFilter("network", "cellular")] })).Depth.Mean);

        await QueryAsync<int>("delete from synchealth.fleet_margin");

        Assert.Equal((byVersion.Depth with { Mean = 7 }, byVersion.Staleness), await FleetAsync(past));

        async Task<(QueueDepth Depth, Staleness Staleness)> FleetAsync(VitalsQuery query) =>
            await _stage.ReadOneAsync(query) is var point ? (point.QueueDepth!, point.StalenessSeconds!) : default;
    }

    private async Task<IEnumerable<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.QueryAsync<T>(sql);
    }
}
