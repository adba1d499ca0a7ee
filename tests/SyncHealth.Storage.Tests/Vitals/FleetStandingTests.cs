using Dapper;
using Npgsql;
using SyncHealth.Contracts;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>The fleet now is the last snapshot plus what changed since, and that is what a look at every device would say.</summary>
public sealed class FleetStandingTests : IAsyncLifetime
{
    /// <summary>Between two computers of powers, in seconds.</summary>
    private const double Tolerance = 1e-6;

    private static readonly string[] CoreQuestions = ["", "app_version", "os", "network"];

    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Now_RandomHistory_IsWhatEveryDeviceSays(int seed)
    {
        var random = new Random(seed);
        var attempts = new List<Attempt>();
        for (var step = 0; step < 25; step++)
        {
            var batch = Enumerable.Range(0, random.Next(1, 25)).Select(_ => SomeReport(random)).ToList();
            attempts.AddRange(batch);
            await _stage.CommitAsync(batch);
            if (random.Next(3) > 0)
                await _stage.FoldAsync();
            if (random.Next(3) == 0)
                await _stage.SnapshotAsync();
            // Minutes between two snapshots, and now and then days, in which devices go silent.
            _stage.Clock.Advance(random.Next(6) == 0 ? TimeSpan.FromHours(random.Next(1, 60)) : TimeSpan.FromMilliseconds(random.Next(400_000)));
            await CheckAsync(attempts, random);
        }
    }

    [Fact]
    public async Task Now_CoreDimensions_ReadsNoDeviceThatDidNotChange()
    {
        await _stage.CommitAsync(
            new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 30 }, new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 1_500, Version = "9.9" });
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();
        await ExecuteAsync("delete from synchealth.device_state");
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-1)) { Device = 3, Queue = 0 });

        var point = await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(4)));

        Assert.Equal((3, 510.0, 1_500, 1), (point.QueueDepth!.Devices, point.QueueDepth.Mean, point.QueueDepth.P99, point.QueueDepth.DevicesOver));
    }

    [Fact]
    public async Task Now_DeviceMovesToAnotherVersion_LeavesTheGroupItWasIn()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-2)) { Device = 1, Version = "1.0", Queue = 7 });
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();
        await _stage.CommitAsync(new Attempt(Now.AddMinutes(-1)) { Device = 1, Version = "2.0", Queue = 3 });

        foreach (var _ in (string[])["waiting", "folded"])
        {
            var groups = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromMinutes(30), null, "app_version"))).Groups;
            Assert.Equal(["2.0"], groups.Select(group => group.By["app_version"]));
            Assert.Equal(3, groups[0].Points[0].QueueDepth!.Mean);
            await _stage.FoldAsync();
        }
    }

    [Fact]
    public async Task Now_SnapshotsStoppedForHalfADay_IsReadFromDevices()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 7 });
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();
        await ExecuteAsync("update synchealth.fleet_standing set queue_sum = 70");
        Assert.Equal(70, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(4)))).QueueDepth!.Mean);

        _stage.Clock.Advance(TimeSpan.FromHours(12));

        Assert.Equal(7, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(4)))).QueueDepth!.Mean);
    }

    [Fact]
    public async Task Snapshot_StandingThatIsWrong_IsMadeRightByTheNext()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 7 });
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();
        await ExecuteAsync("update synchealth.fleet_standing set queue_sum = 70, devices = 3");

        _stage.Clock.Advance(FleetSnapshotLoop.Interval);
        await _stage.SnapshotAsync();

        Assert.Equal(7, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(4)))).QueueDepth!.Mean);
    }

    [Fact]
    public async Task Rebuild_StandingThatIsWrong_IsMadeRight()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 7 });
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();
        await ExecuteAsync("update synchealth.fleet_standing set queue_sum = 70, devices = 3");

        await new RollupRebuild(_stage.DataSource, new StorageOptions(), _stage.Clock).RunAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(7, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(4)))).QueueDepth!.Mean);
    }

    [Fact]
    public async Task Fold_StandingThatGrows_IsKeptCompact()
    {
        var devices = Enumerable.Range(1, 400).Select(device => (long)device).ToList();
        await _stage.CommitAsync(devices.Select(device => new Attempt(Now.AddHours(-1)) { Device = device, Queue = 5 }));
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();

        for (var round = 1; round <= 4; round++)
        {
            await _stage.CommitAsync(devices.Select(device => new Attempt(Now.AddMilliseconds(-device)) { Device = device, Queue = (int)device, OldestPending = TimeSpan.FromSeconds(device) }));
            await _stage.FoldAsync();
            _stage.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        var bytes = await ExecuteAsync<int>("select octet_length(depths) + octet_length(pending_ages) + octet_length(success_ages) from synchealth.fleet_standing");
        Assert.InRange(bytes, FleetStandings.MaxSketchBytes, 3 * devices.Count * DurationSketch.PairBytes);
        var depth = (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(4)) with { QueueThreshold = 350 })).QueueDepth!;
        Assert.Equal((400, 200.5, 396, 50), (depth.Devices, depth.Mean, depth.P99, depth.DevicesOver));
    }

    [Fact]
    public async Task Now_TableThatWasWrittenOverAndOver_ReadsTheStandingsAlone()
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-2)) { Device = 1, Queue = 7 }, new Attempt(Now.AddHours(-1)) { Device = 2, Queue = 9, Version = "9.9" });
        await _stage.FoldAsync();
        await _stage.SnapshotAsync();
        // In one transaction, so that no version is room for the next, as a fold that catches up does.
        await ExecuteAsync("do $$ begin for i in 1..5000 loop update synchealth.fleet_standing set devices = devices; end loop; end $$");
        await ExecuteAsync("vacuum analyze synchealth.fleet_standing");

        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var before = await ScansAsync(connection);
        var queue = await connection.ExecuteScalarAsync<long>(
            "select sum(queue_sum) from synchealth.fleet_at('notes', array[@now], @now, '{app_version}', '{}')", new { now = Now.UtcDateTime });
        var after = await ScansAsync(connection);

        Assert.Equal(16, queue);
        Assert.Equal(before.Whole, after.Whole);
        Assert.Equal(before.ByKey + 2, after.ByKey);
    }

    /// <summary>A report of one of thirty devices of one of two apps: mostly of now, sometimes late, sometimes the first after a week.</summary>
    private Attempt SomeReport(Random random)
    {
        var late = random.Next(4) switch
        {
            0 => TimeSpan.FromHours(random.Next(24 * 9)),
            1 => TimeSpan.FromSeconds(random.Next(7_200)),
            _ => TimeSpan.FromMilliseconds(random.Next(300_000)),
        };
        var at = new DateTimeOffset(Now.Ticks - (Now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero) - late;
        var isOther = random.Next(4) == 0;
        return new Attempt(at)
        {
            Received = Now,
            Id = random.NextInt64(),
            App = isOther ? "other" : "notes",
            Device = random.Next(20) == 0 ? null : random.Next(1, 30) + (isOther ? 1_000 : 0),
            Version = random.Next(2) == 0 ? "2.4.0" : "2.4.1",
            Os = random.Next(3) == 0 ? "ios" : "android",
            Network = random.Next(3) == 0 ? "cellular" : "wifi",
            Type = random.Next(4) == 0 ? SyncType.Open : SyncType.Delta,
            Outcome = random.Next(2) == 0 ? SyncOutcome.Failure : SyncOutcome.Success,
            Queue = random.Next(3) == 0 ? random.Next(2_000) : 0,
            OldestPending = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(100_000_000)) : null,
            LastSuccessAt = random.Next(5) == 0 ? at.AddSeconds(-random.Next(200_000)) : null,
        };
    }

    private async Task CheckAsync(List<Attempt> attempts, Random random)
    {
        var by = CoreQuestions[random.Next(CoreQuestions.Length)];
        foreach (var app in (string[])["notes", "other"])
        {
            var known = attempts.Where(attempt => attempt.App == (app == "notes" ? "notes" : "other")).ToList();
            if (known.Count == 0)
                continue;
            var query = _stage.Ask(TimeSpan.FromDays(10), null, by) with { App = app };
            var expected = FleetModel.By(by, known, Now).Where(group => group.Value.Devices > 0).ToList();
            var groups = (await _stage.ReadAsync(query)).Groups.Where(group => group.Points[0].QueueDepth is not null).ToList();
            Assert.Equal(expected.Select(group => group.Key), groups.Select(group => by.Length == 0 ? "" : group.By[by]).Order(StringComparer.Ordinal));
            foreach (var group in groups)
                Check(expected.Single(pair => pair.Key == (by.Length == 0 ? "" : group.By[by])).Value, group.Points[0], query.QueueThreshold);
            await CheckFunctionAsync(query, groups);
        }
    }

    private static void Check(FleetModel expected, VitalsPoint point, int threshold)
    {
        var (depth, staleness) = (point.QueueDepth!, point.StalenessSeconds!);
        Assert.Equal((expected.Devices, expected.Over(threshold), expected.QueueAt(0.99m)), (depth.Devices, depth.DevicesOver, depth.P99));
        Assert.Equal(expected.Mean, depth.Mean, 9);
        Assert.Equal(expected.Gone, staleness.Gone);
        CheckAge(expected.Staleness, 0.5m, staleness.P50);
        CheckAge(expected.Staleness, 0.9m, staleness.P90);
        CheckAge(expected.Staleness, 0.99m, staleness.P99);
        Assert.Equal(expected.PendingAges.Count > 0, depth.OldestPendingSeconds is not null);
        if (depth.OldestPendingSeconds is { } oldest)
            CheckAge(expected.PendingAges, 1, oldest);
    }

    /// <summary>One per cent, or half a second where that is more (one second below one).</summary>
    private static void CheckAge(IReadOnlyList<double> sorted, decimal q, double actual)
    {
        var exact = sorted[(int)Math.Ceiling(q * sorted.Count) - 1];
        var error = Math.Max(exact <= 1 ? 1 : 0.5, 0.01 * exact) + 1e-6;
        Assert.InRange(actual, exact - error, exact + error);
    }

    /// <summary>What people with psql read, and the distribution, say the same.</summary>
    private async Task CheckFunctionAsync(VitalsQuery query, List<VitalsGroup> groups)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var rows = (await connection.QueryAsync<FleetRow>(
            """
            select coalesce(group_key[1], '') as "Key", devices as "Devices", gone as "Gone", queue_p99 as "P99", devices_over as "Over",
                oldest_pending_seconds as "Oldest", staleness_p50_seconds as "Median", staleness_p99_seconds as "Most"
            from synchealth.fleet(@app, @by, now_at => @now) where devices > 0
            """,
            new { app = query.App, by = query.By.ToArray(), now = Now.UtcDateTime })).ToDictionary(row => row.Key);
        Assert.Equal(groups.Count, rows.Count);
        foreach (var group in groups)
        {
            var (row, depth, staleness) = (rows[query.By.Count == 0 ? "" : group.By[query.By[0]]], group.Points[0].QueueDepth!, group.Points[0].StalenessSeconds!);
            Assert.Equal((depth.Devices, staleness.Gone, depth.P99, depth.DevicesOver), (row.Devices, row.Gone, row.P99, row.Over));
            Assert.Equal(depth.OldestPendingSeconds ?? -1, row.Oldest ?? -1, Tolerance);
            Assert.Equal(staleness.P50, row.Median, Tolerance);
            Assert.Equal(staleness.P99, row.Most, Tolerance);
        }

        foreach (var metric in (DistributionMetric[])[DistributionMetric.QueueDepth, DistributionMetric.Staleness])
        {
            var distribution = await _stage.Reader.ReadDistributionAsync(metric, query, TestContext.Current.CancellationToken);
            Assert.Equal(groups.Sum(group => group.Points[0].QueueDepth!.Devices), distribution!.Groups.Sum(group => group.Buckets.Sum(bucket => bucket.Count)));
        }
    }

    /// <summary>How often this connection has read the table of standings as a whole, and by its key; as in every transaction, told to nobody before its end.</summary>
    private static Task<(long Whole, long ByKey)> ScansAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<(long, long)>(
        "select coalesce(seq_scan, 0), coalesce(idx_scan, 0) from pg_stat_xact_user_tables where relname = 'fleet_standing'");

    private Task<object?> ExecuteAsync(string sql) => ExecuteAsync<object>(sql);

    private async Task<T?> ExecuteAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private sealed record FleetRow
    {
        public string Key { get; init; } = "";
        public long Devices { get; init; }
        public long Gone { get; init; }
        public int P99 { get; init; }
        public long Over { get; init; }
        public double? Oldest { get; init; }
        public double Median { get; init; }
        public double Most { get; init; }
    }
}
