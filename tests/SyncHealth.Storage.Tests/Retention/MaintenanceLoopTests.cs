using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Retention;

public sealed class MaintenanceLoopTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(Some.Now);
    private readonly ManualTimeProvider _pauses = new(Some.Now);
    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;
    private MaintenanceLoop _loop = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        _loop = new MaintenanceLoop(_database.DataSource, new StorageOptions(), _clock, NullLogger<MaintenanceLoop>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Maintain_Fresh_CreatesTodayAndThreeDaysAhead()
    {
        await MaintainAsync();
        Assert.Equal("2026-03-04 2026-03-05 2026-03-06 2026-03-07", await PartitionsAsync());
        await MaintainAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        await MaintainAsync();
        Assert.EndsWith("2026-03-08", await PartitionsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maintain_EventsBeforeTheirPartition_AreMovedAndStillDeduplicated()
    {
        // Future-dated rows in the default partition are what makes the creation of their day fail when nobody moves them.
        var ahead = Some.Event(id: 1) with { DeviceAt = Some.Now.AddDays(2) };
        var late = Some.Event(id: 2, secondsAgo: 10 * 86_400);
        var today = Some.Event(id: 3);
        await WriteAsync(ahead, late, today);

        await MaintainAsync();

        Assert.Equal("event_20260222 event_20260304 event_20260306", await TablesOfEventsAsync());
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 3, 0), await WriteAsync(ahead, late, today));
    }

    [Fact]
    public async Task Maintain_BrokenClocks_StayInTheDefaultPartition()
    {
        await WriteAsync(Some.Event(id: 1) with { DeviceAt = DateTimeOffset.UnixEpoch }, Some.Event(id: 2) with { DeviceAt = Some.Now.AddYears(40) });
        await MaintainAsync();
        Assert.Equal("event_default", await TablesOfEventsAsync());
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 1, 0), await WriteAsync(Some.Event(id: 1) with { DeviceAt = DateTimeOffset.UnixEpoch }));

        _clock.Advance(TimeSpan.FromDays(31));
        await MaintainAsync();
        Assert.Equal(0, await ScalarAsync<int>("select count(*) from synchealth.event"));
    }

    [Fact]
    public async Task Maintain_DayBeyondRetention_IsDroppedExceptRowsWhoseCorrectedTimeIsNot()
    {
        await MaintainAsync();
        await WriteAsync(Some.Event(id: 1), Some.Event(id: 2) with { EventAt = Some.Now.AddDays(5) });

        _clock.Advance(TimeSpan.FromDays(30));
        await MaintainAsync();
        Assert.Equal(2, await ScalarAsync<int>("select count(*) from synchealth.event"));
        _clock.Advance(TimeSpan.FromDays(1));
        await MaintainAsync();

        Assert.DoesNotContain("2026-03-04", await PartitionsAsync(), StringComparison.Ordinal);
        Assert.Equal("synchealth.event_default 2", await ScalarAsync<string>("select tableoid::regclass::text || ' ' || event_hash from synchealth.event"));
        Assert.Equal(new WriteReceipt(WriteStatus.Committed, 0, 1, 0), await WriteAsync(Some.Event(id: 2) with { EventAt = Some.Now.AddDays(5) }));
    }

    /// <summary>Reliability G3: what arrives late, with the device's own time on a day that is gone, brings no day back and goes when its corrected time does.</summary>
    [Fact]
    public async Task Maintain_LateEventOfADroppedDay_DoesNotBringItBack()
    {
        await MaintainAsync();
        await WriteAsync(Some.Event(id: 1));
        _clock.Advance(TimeSpan.FromDays(31));
        await MaintainAsync();
        await WriteAsync(Some.Event(id: 2) with { EventAt = _clock.GetUtcNow() });
        await MaintainAsync();

        Assert.DoesNotContain("2026-03-04", await PartitionsAsync(), StringComparison.Ordinal);
        Assert.Equal("synchealth.event_default 2", await ScalarAsync<string>("select tableoid::regclass::text || ' ' || event_hash from synchealth.event"));
        _clock.Advance(TimeSpan.FromDays(31));
        await MaintainAsync();
        Assert.Equal(0, await ScalarAsync<int>("select count(*) from synchealth.event"));
    }

    [Fact]
    public async Task Maintain_ReaderHoldsTheTable_WritersGoOnAndTheDropComesLater()
    {
        await MaintainAsync();
        _clock.Advance(TimeSpan.FromDays(35));
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        Task maintenance;
        await using (await TableLock.TakeAsync(_database, "only synchealth.event", "access share"))
        {
            maintenance = MaintainPartitionsAsync(connection);
            await WriteBesideAsync(maintenance);
            Assert.Contains("2026-03-04", await PartitionsAsync(), StringComparison.Ordinal);
        }

        await FinishAsync(maintenance);
        Assert.DoesNotContain("2026-03-04", await PartitionsAsync(), StringComparison.Ordinal);
        Assert.Equal(20, await ScalarAsync<int>("select count(*) from synchealth.event"));
    }

    [Fact]
    public async Task Maintain_ReaderHoldsEveryPartition_WritersGoOnAndTheNewDayComesLater()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        Task maintenance;
        await using (await TableLock.TakeAsync(_database, "synchealth.event", "access share"))
        {
            maintenance = MaintainPartitionsAsync(connection);
            await WriteBesideAsync(maintenance);
            Assert.Equal("event_default", await TablesOfEventsAsync());
        }

        await FinishAsync(maintenance);
        Assert.Equal("event_20260304", await TablesOfEventsAsync());
        Assert.Equal(20, await ScalarAsync<int>("select count(*) from synchealth.event"));
    }

    [Fact]
    public async Task Maintain_TwoProcesses_DoEachChangeOnce()
    {
        await WriteAsync(Some.Event());
        await Task.WhenAll(MaintainAsync(), MaintainAsync(), MaintainAsync());
        Assert.Equal("event_20260304", await TablesOfEventsAsync());
    }

    [Fact]
    public async Task Maintain_Partition_HasTheIndexesAndChecksOfItsParent()
    {
        await MaintainAsync();
        Assert.Equal(
            await ScalarAsync<int>("select count(*) from pg_indexes where schemaname = 'synchealth' and tablename = 'event'"),
            await ScalarAsync<int>("select count(*) from pg_indexes where schemaname = 'synchealth' and tablename = 'event_20260304'"));
        Assert.Equal(0, await ScalarAsync<int>("select count(*) from pg_index i join pg_class c on c.oid = i.indrelid where c.relname = 'event' and not indisvalid"));
        Assert.Equal(WriteStatus.Unavailable, (await WriteAsync(Some.Event() with { DurationMs = -1 })).Status);
    }

    [Fact]
    public async Task Maintain_OldMinutes_ArePrunedAnHourAfterTheirTime()
    {
        await ScalarAsync<int>("""
            insert into synchealth.rollup_minute
            select t, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '' from generate_series('2026-03-02 10:00Z'::timestamptz, '2026-03-02 13:00Z', '1 minute') t;
            insert into synchealth.rollup_margin
            select t, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', 1, grain, 'os', 'production', 'ios'
            from generate_series('2026-03-02 10:00Z'::timestamptz, '2026-03-02 13:00Z', '5 minutes') t, generate_series(1, 2) grain
            """);
        await MaintainAsync();
        Assert.Equal(new DateTime(2026, 3, 2, 11, 0, 0, DateTimeKind.Utc), await ScalarAsync<DateTime>("select min(r.bucket_at) from (select bucket_at from synchealth.rollup_minute union all select bucket_at from synchealth.rollup_minute_pack) r"));
        Assert.Equal(
            "1 11:00, 2 10:00",
            await ScalarAsync<string>("select string_agg(concat_ws(' ', grain, at), ', ' order by grain) from (select grain, to_char(min(bucket_at) at time zone 'UTC', 'HH24:MI') as at from synchealth.rollup_margin group by 1) x"));
    }

    private Task MaintainAsync() => _loop.MaintainAsync(CancellationToken.None);

    /// <summary>Partitions alone, with pauses that end when the test says so.</summary>
    private Task MaintainPartitionsAsync(NpgsqlConnection connection) =>
        new EventPartitions(connection, new StorageOptions().RawRetention, _pauses).MaintainAsync(_clock.GetUtcNow(), CancellationToken.None);

    /// <summary>Twenty events of now, while the maintenance waits for its lock and gives up, twice more.</summary>
    private async Task WriteBesideAsync(Task maintenance)
    {
        for (var id = 0; id < 20; id++)
        {
            if (id is 0 or 10)
            {
                await UntilPausedAsync(maintenance);
                _pauses.Advance(EventPartitions.Pause);
            }

            Assert.Equal(WriteStatus.Committed, (await WriteAsync(Some.Event(id: id) with { DeviceAt = _clock.GetUtcNow(), EventAt = _clock.GetUtcNow() })).Status);
        }

        await UntilPausedAsync(maintenance);
    }

    private async Task UntilPausedAsync(Task maintenance)
    {
        while (_pauses.PendingTimers == 0 && !maintenance.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private async Task FinishAsync(Task maintenance)
    {
        while (!maintenance.IsCompleted)
        {
            await UntilPausedAsync(maintenance);
            _pauses.Advance(EventPartitions.Pause);
        }

        await maintenance;
    }

    private ValueTask<WriteReceipt> WriteAsync(params EventRow[] events) => _writer.WriteAsync(Some.Batch(events), CancellationToken.None);

    private Task<string> PartitionsAsync() => ScalarAsync<string>("select string_agg(day::text, ' ' order by day) from synchealth.event_partition");

    private Task<string> TablesOfEventsAsync() => ScalarAsync<string>("select string_agg(distinct replace(tableoid::regclass::text, 'synchealth.', ''), ' ') from synchealth.event");

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
