using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

public sealed class FoldLoopTests : IAsyncLifetime
{
    private const string Minutes = "(select attempts from synchealth.rollup_minute union all select attempts from synchealth.packed_minutes('-infinity', 'infinity'))";

    private readonly ManualTimeProvider _clock = new(Some.Now);
    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions { GroupDelay = TimeSpan.Zero }, NullLogger<BatchWriter>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Fold_AllKindsOfAttempts_CountsEachInItsColumn()
    {
        await WriteAsync(
            Some.Event(id: 1) with { Pushed = 1, Pulled = 2, Applied = 3, BytesUp = 4, BytesDown = 5 },
            Some.Event(id: 2) with { Outcome = SyncOutcome.Partial, Retries = 2, Rejected = 6, DurationMs = 60_001 },
            Some.Event(id: 3) with { Outcome = SyncOutcome.Cancelled, ErrorKind = SyncErrorKind.Offline },
            Some.Event(id: 4) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Offline },
            Some.Event(id: 5) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Timeout },
            Some.Event(id: 6) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Schema },
            Some.Event(id: 7) with
            {
                ConflictCount = 5,
                Conflicts = [new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Crdt, ConflictWinner.Merged, 2, 3), new ConflictEntry("tag", ConflictKind.Unique, ConflictStrategy.Lww, ConflictWinner.Local, 1, 1)],
            });

        Assert.Equal(1, await CreateLoop().FoldAsync(CancellationToken.None));

        foreach (var table in Rollups.Tables)
            Assert.Equal("7|3|1|1|2|1|1|2|1|1|1|3|1|3|2|1|2|3|6|4|5|64873", await ScalarAsync<string>($"""
                select concat_ws('|', attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
                    conflicts_lww, conflicts_crdt, conflicts_unknown, discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum) from synchealth.{table}
                """));
        foreach (var grain in (string[])["hour", "day"])
        {
            Assert.Equal("7|3|3", await ScalarAsync<string>($"select concat_ws('|', attempts, successes, discarded) from synchealth.rollup_fine_{grain}"));
            Assert.Equal("offline:2 schema:1 timeout:1", await ScalarAsync<string>(
                $"select string_agg(kind || ':' || attempts, ' ' order by kind) from synchealth.rollup_error_{grain} join synchealth.error using (error_id)"));
            Assert.Equal(":unknown:unknown:1:0 note:crdt:merged:3:2 tag:lww:local:1:1", await ScalarAsync<string>(
                $"select string_agg(concat_ws(':', entity, strategy, winner, conflicts, discarded), ' ' order by entity) from synchealth.rollup_conflict_{grain} join synchealth.conflict_class using (conflict_id)"));
        }

        Assert.Equal(0, await ScalarAsync<int>("select (select count(*) from synchealth.core_increment) + (select count(*) from synchealth.device_increment)"));
    }

    [Fact]
    public async Task Fold_LateEvents_StandInTheirLagClass()
    {
        int[] lagSeconds = [-5, 59, 60, 900, 3600, 6 * 3600, 24 * 3600, 72 * 3600];
        await WriteAsync([.. lagSeconds.Select((lag, i) => Some.Event(id: i, secondsAgo: lag))]);
        await CreateLoop().FoldAsync(CancellationToken.None);
        Assert.Equal("0:2 1:1 2:1 3:1 4:1 5:1 6:1", await ScalarAsync<string>("select string_agg(lag_class || ':' || attempts, ' ' order by lag_class) from synchealth.rollup_arrival"));
    }

    [Fact]
    public async Task Fold_MinutesBeyondRetention_LiveInHoursOnly()
    {
        await WriteAsync(Some.Event(id: 1), Some.Event(id: 2, secondsAgo: 60 * 3600));
        await CreateLoop().FoldAsync(CancellationToken.None);
        Assert.Equal((1, 2, 2), (await CountAsync("rollup_minute"), await CountAsync("rollup_hour"), await CountAsync("rollup_day")));
    }

    [Fact]
    public async Task Fold_ManyFoldsOfOneMinute_CompactsSketchesAndLosesNoCount()
    {
        var loop = CreateLoop();
        for (var round = 0; round < 40; round++)
        {
            // 200 buckets a round: 40 rounds join to 48 kB; compact, they take 1.2 kB.
            await WriteAsync([.. Enumerable.Range(0, 200).Select(i => Some.Event(id: (round * 200) + i) with { DurationMs = (int)DurationSketch.UpperBoundOf(300 + i) })]);
            await loop.FoldAsync(CancellationToken.None);
        }

        foreach (var table in Rollups.Tables.Concat(["rollup_fine_hour", "rollup_fine_day"]))
        {
            var sketch = new DurationSketch();
            var encoded = await ScalarAsync<byte[]>($"select success_sketch from synchealth.{table}");
            sketch.Merge(encoded);
            Assert.True(encoded.Length < 30_000, $"{table}: {encoded.Length} bytes");
            Assert.Equal(8000, sketch.Count);
            Assert.All(sketch.Buckets, bucket => Assert.Equal(40, bucket.Count));
        }
    }

    [Theory]
    [InlineData("rollup_minute")]
    [InlineData("rollup_hour")]
    [InlineData("rollup_day")]
    [InlineData("rollup_fine_hour")]
    [InlineData("rollup_fine_day")]
    [InlineData("rollup_arrival")]
    public async Task Fold_CountsOfZero_AreNullAndAddUpWithZerosThatStandThere(string table)
    {
        const string Columns = "concat_ws('|', attempts, successes, coalesce(server_failures::text, 'null'), coalesce(pushed::text, 'null'))";
        await WriteAsync(Some.Event(id: 1) with { Pushed = 0 });
        await CreateLoop().FoldAsync(CancellationToken.None);
        Assert.Equal("1|1|null|null", await ScalarAsync<string>($"select {Columns} from synchealth.{table}"));

        await ScalarAsync<int>($"update synchealth.{table} set server_failures = 0, pushed = 0 returning 1");
        await WriteAsync(Some.Event(id: 2) with { Pushed = 3 });
        await CreateLoop().FoldAsync(CancellationToken.None);
        Assert.Equal("2|2|0|3", await ScalarAsync<string>($"select {Columns} from synchealth.{table}"));
    }

    [Fact]
    public async Task Fold_DeviceThatRetriesInALoop_CompactsItsDayAndLosesNoCount()
    {
        var loop = CreateLoop();
        for (var round = 0; round < 3; round++)
        {
            await WriteAsync([.. Enumerable.Range(0, 900).Select(i => Some.Event(id: (round * 900) + i) with { DurationMs = (int)DurationSketch.UpperBoundOf(300 + (i % 200)), ConflictCount = 2 })]);
            await WriteAsync([.. Enumerable.Range(0, 900).Select(i => Some.Event(id: 10_000 + (round * 900) + i) with { DurationMs = (int)DurationSketch.UpperBoundOf(500 + (i % 400)) })]);
            await loop.FoldAsync(CancellationToken.None);
        }

        var sketch = new DurationSketch();
        var encoded = await ScalarAsync<byte[]>("select sketch from synchealth.device_day");
        sketch.Merge(encoded);
        Assert.InRange(encoded.Length, 1, 2 * DurationSketch.MaxBuckets * DurationSketch.UnitBytes);
        Assert.Equal(5_400, sketch.Count);
        Assert.Equal("5400|5400|2700|5400", await ScalarAsync<string>(
            "select concat_ws('|', d.attempts, r.attempts, r.conflicted, d.conflicts) from synchealth.device_day d join synchealth.device_release r using (device_key)"));
    }

    [Fact]
    public async Task Fold_DeviceRows_CountWhatTheRollupsCount()
    {
        await WriteAsync(
            Some.Event(id: 1),
            Some.Event(id: 2) with { Outcome = SyncOutcome.Partial, Retries = 2, DurationMs = 60_001 },
            Some.Event(id: 3) with { Outcome = SyncOutcome.Cancelled, ErrorKind = SyncErrorKind.Offline },
            Some.Event(id: 4) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Offline },
            Some.Event(id: 5) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Timeout },
            Some.Event(id: 6) with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Schema },
            Some.Event(id: 7) with { ConflictCount = 5 },
            Some.Event(id: 8) with { Type = SyncType.Open, Outcome = SyncOutcome.None });
        const string Columns = "concat_ws('|', attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted)";
        await CreateLoop().FoldAsync(CancellationToken.None);

        var expected = await ScalarAsync<string>($"select {Columns} from synchealth.core_row where grain = 3");
        Assert.Equal("7|3|1|1|2|1|1|2|1|1", expected);
        Assert.Equal(expected + "|5", await ScalarAsync<string>($"select {Columns} || '|' || conflicts from synchealth.device_day"));
        Assert.Equal(expected + "|5", await ScalarAsync<string>($"select {Columns} || '|' || conflicts from synchealth.device_release"));
    }

    [Fact]
    public async Task Fold_WhileWriting_NumbersAreExactAtEveryMoment()
    {
        using var stop = new CancellationTokenSource();
        var folds = Task.WhenAll(FoldUntilAsync(stop.Token), FoldUntilAsync(stop.Token), PackUntilAsync(stop.Token));
        var checks = CheckUntilAsync(stop.Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async sender =>
        {
            for (var i = 0; i < 25; i++)
                await WriteAsync([.. Enumerable.Range(0, 10).Select(k => Some.Event(device: sender, id: (i * 10) + k, secondsAgo: i * 100))]);
        }));
        await stop.CancelAsync();
        await folds;

        Assert.True(await checks > 3);
        await CreateLoop().FoldAsync(CancellationToken.None);
        foreach (var table in Rollups.Tables)
            Assert.Equal(1000, await ScalarAsync<int>($"select sum(attempts) from {(table == "rollup_minute" ? Minutes : "synchealth." + table)} r"));
        Assert.Equal(4, await CountAsync("device_state"));
    }

    [Fact]
    public async Task Fold_OtherProcessFolds_LeavesItToIt()
    {
        await WriteAsync(Some.Event());
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("select pg_advisory_lock(x'53796E63466F6C64'::bigint)");
        Assert.Equal(0, await CreateLoop().FoldAsync(CancellationToken.None));
        await connection.ExecuteAsync("select pg_advisory_unlock_all()");
        Assert.Equal(1, await CreateLoop().FoldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_DatabaseComesBack_FoldsAgainUntilCancelled()
    {
        await WriteAsync(Some.Event());
        using var stop = new CancellationTokenSource();
        Task run;
        await using (await Outage.StartAsync(_database))
        {
            run = CreateLoop(TimeProvider.System).RunAsync(stop.Token);
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await CountAsync("rollup_hour") == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        await stop.CancelAsync();
        await run;
    }

    private async Task FoldUntilAsync(CancellationToken stop)
    {
        var loop = CreateLoop();
        while (!stop.IsCancellationRequested)
            await loop.FoldAsync(CancellationToken.None);
    }

    private async Task PackUntilAsync(CancellationToken stop)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            await DevicePacks.PackAsync(connection, Packing.Everything, _clock.GetUtcNow(), CancellationToken.None);
            await MinutePacks.PackAsync(connection, new StorageOptions(), Packing.Everything, _clock.GetUtcNow().AddHours(3), CancellationToken.None);
        }
    }

    /// <summary>In one snapshot: the truth, and each table with the increments that it does not hold yet.</summary>
    private async Task<int> CheckUntilAsync(CancellationToken stop)
    {
        var checks = 0;
        await using var connection = await _database.DataSource.OpenConnectionAsync(CancellationToken.None);
        for (; !stop.IsCancellationRequested; checks++)
        {
            var sums = (await connection.QueryAsync<long>($$"""
                select count(*) from synchealth.event
                union all select coalesce(sum(attempts), 0) from (select attempts from {{Minutes}} m union all select attempts from synchealth.core_increment) u
                union all select coalesce(sum(attempts), 0) from (select attempts from synchealth.rollup_hour union all select attempts from synchealth.core_increment) u
                union all select coalesce(sum(attempts), 0) from (select attempts from synchealth.rollup_arrival union all select attempts from synchealth.core_increment) u
                union all select coalesce(sum(attempts), 0) from synchealth.device_day_row
                union all select coalesce(sum(attempts), 0) from synchealth.device_release_row
                union all select coalesce(sum(attempts), 0) from synchealth.fine_row where grain in (0, 2)
                union all select coalesce(sum(attempts), 0) from synchealth.fine_row where grain in (0, 3)
                """)).ToList();
            Assert.Single(sums.Distinct());
        }

        return checks;
    }

    private FoldLoop CreateLoop(TimeProvider? clock = null) => new(_database.DataSource, new StorageOptions(), clock ?? _clock, NullLogger<FoldLoop>.Instance);

    private async Task WriteAsync(params EventRow[] events) =>
        Assert.Equal(WriteStatus.Committed, (await _writer.WriteAsync(Some.Batch(events), CancellationToken.None)).Status);

    private Task<int> CountAsync(string table) => ScalarAsync<int>($"select count(*) from synchealth.{table}");

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
