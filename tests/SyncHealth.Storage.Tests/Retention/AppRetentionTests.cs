using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Retention;

public sealed class AppRetentionTests : IAsyncLifetime
{
    private const int RawDays = 8;

    private readonly ManualTimeProvider _clock = new(Some.Now);
    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;
    private MaintenanceLoop _loop = null!;
    private AppSettingStore _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        _loop = new MaintenanceLoop(_database.DataSource, new StorageOptions(), _clock, NullLogger<MaintenanceLoop>.Instance);
        _settings = new AppSettingStore(_database.DataSource, new StorageOptions(), new KeyStore(_database.DataSource, _clock, _clock));
        await SaveAsync(new AppSetting("notes", null, RawDays, null, null));
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Maintain_AppKeepsLess_LosesItsOldEventsAndNobodyElses()
    {
        await WriteAsync(Aged(1, days: RawDays, hours: 2), Aged(2, days: RawDays), Aged(3, days: 1), Aged(4, days: 20, app: "photos"));
        await MaintainAsync();
        Assert.Equal("2 3 4", await EventsAsync());
    }

    /// <summary>One hour more than promised, so that of two hosts none accepts what the other has dropped.</summary>
    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public async Task Maintain_JustBeyondRetention_IsKeptForAnHour(int minutes, bool isKept)
    {
        await WriteAsync(Some.Event(id: 1) with { DeviceAt = At(RawDays, minutes), EventAt = At(RawDays, minutes) });
        await MaintainAsync();
        Assert.Equal(isKept ? "1" : null, await EventsAsync());
    }

    [Fact]
    public async Task Maintain_BrokenClocks_ArePrunedByTheirCorrectedTime()
    {
        await WriteAsync(
            Some.Event(id: 1) with { DeviceAt = DateTimeOffset.UnixEpoch, EventAt = At(RawDays + 1) },
            Some.Event(id: 2) with { DeviceAt = DateTimeOffset.UnixEpoch.AddDays(1), EventAt = At(1) },
            Some.Event(id: 3) with { DeviceAt = At(20), EventAt = At(1) });
        await MaintainAsync();
        Assert.Equal("2 3", await EventsAsync());

        _clock.Advance(TimeSpan.FromDays(RawDays));
        await MaintainAsync();
        Assert.Null(await EventsAsync());
    }

    [Fact]
    public async Task Maintain_ManyBlocks_ArePrunedInStepsToTheLast()
    {
        await ScalarAsync<int>("update synchealth.app_setting set raw_days = null");
        await WriteAsync(Aged(1, days: 20));
        await MaintainAsync();
        // Rows that fill a block each: three steps of 2,000.
        await ScalarAsync<int>("""
            alter table synchealth.event_20260212 alter column details set storage plain;
            create temp table many as select e.*, g from synchealth.event e, generate_series(2, 4500) g;
            update many set event_hash = g, details = jsonb_build_object('pad', (select string_agg(md5(i::text || g), '') from generate_series(1, 200) i));
            alter table many drop column g;
            insert into synchealth.event select * from many
            """);
        Assert.InRange(await ScalarAsync<long>("select pg_relation_size('synchealth.event_20260212') / 8192"), 4_001, long.MaxValue);

        await SaveAsync(new AppSetting("notes", null, RawDays, null, null));
        await MaintainAsync();

        Assert.Null(await EventsAsync());
    }

    [Fact]
    public async Task Maintain_DoneToday_WaitsForTomorrowOrAChangedSetting()
    {
        await MaintainAsync();
        await WriteAsync(Aged(1, days: 20));
        await MaintainAsync();
        Assert.Equal("1", await EventsAsync());

        await SaveAsync(new AppSetting("notes", null, RawDays + 1, null, null));
        await MaintainAsync();
        Assert.Null(await EventsAsync());

        await WriteAsync(Aged(2, days: 20));
        _clock.Advance(TimeSpan.FromDays(1));
        await MaintainAsync();
        Assert.Null(await EventsAsync());
    }

    [Fact]
    public async Task Maintain_AnotherProcessPrunes_LeavesItToIt()
    {
        await WriteAsync(Aged(1, days: 20));
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("select pg_advisory_lock(x'53796E635072756E'::bigint)");
            await MaintainAsync();
            Assert.Equal("1", await EventsAsync());
            await connection.ExecuteAsync("select pg_advisory_unlock(x'53796E635072756E'::bigint)");
        }

        await MaintainAsync();
        Assert.Null(await EventsAsync());
    }

    [Fact]
    public async Task Maintain_HoursAndDays_EndAtWholeDaysOfTheirOwnApp()
    {
        await WriteAsync(Aged(1, days: 0), Aged(2, days: 0, app: "photos"));
        await SaveAsync(new AppSetting("notes", null, null, 90, 400));
        await ScalarAsync<int>("""
            insert into synchealth.rollup_hour
            select t, core_id, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', ''
            from synchealth.core_segment, generate_series('2025-11-30 00:00Z'::timestamptz, '2025-12-10 00:00Z', '1 hour') t;
            insert into synchealth.rollup_day
            select t, core_id, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', ''
            from synchealth.core_segment, generate_series('2025-01-20 00:00Z'::timestamptz, '2025-02-10 00:00Z', '1 day') t;
            insert into synchealth.rollup_margin
            select t, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', app_id, grain, 'type', 'production', 'push'
            from synchealth.app, (
                select 2 as grain, * from generate_series('2025-11-30 00:00Z'::timestamptz, '2025-12-10 00:00Z', '1 hour') t
                union all
                select 3, * from generate_series('2025-01-20 00:00Z'::timestamptz, '2025-02-10 00:00Z', '1 day') t) g;
            insert into synchealth.device_day_pack (core_id, day_at, first_key, last_key, devices, device_keys, sketches)
            select core_id, t, 1, 1, 1, '{1}', array[''::bytea]
            from synchealth.core_segment, generate_series('2025-01-20 00:00Z'::timestamptz, '2025-02-10 00:00Z', '1 day') t;
            insert into synchealth.rollup_fine_hour_pack (core_id, day_at, cells, hours, segment_ids, attempts)
            select core_id, t, 1, '{0}', '{1}', '{1}'
            from synchealth.core_segment, generate_series('2025-11-30 00:00Z'::timestamptz, '2025-12-10 00:00Z', '1 day') t;
            insert into synchealth.device_open_hour select t, core_id, 1, 1 from synchealth.core_segment, generate_series('2025-01-20 00:00Z'::timestamptz, '2025-02-10 00:00Z', '1 day') t
            """);

        await MaintainAsync();

        Assert.Equal("notes 2025-12-04, photos 2025-11-30", await FirstAsync("rollup_hour", "bucket_at"));
        Assert.Equal("notes 2025-12-04, photos 2025-11-30", await FirstAsync("rollup_fine_hour_pack", "day_at"));
        Assert.Equal("notes 2025-01-28, photos 2025-01-20", await FirstAsync("rollup_day", "bucket_at"));
        Assert.Equal(
            "notes 2 2025-12-04, notes 3 2025-01-28, photos 2 2025-11-30, photos 3 2025-01-20",
            await ScalarAsync<string>("""
                select string_agg(concat_ws(' ', name, grain, day), ', ' order by name, grain)
                from (select a.name, m.grain, min(m.bucket_at)::date as day from synchealth.rollup_margin m join synchealth.app a using (app_id) group by 1, 2) x
                """));
        Assert.Equal("notes 2025-01-28, photos 2025-01-20", await FirstAsync("device_day_pack", "day_at"));
        Assert.Equal("notes 2025-01-28, photos 2025-01-20", await FirstAsync("device_set", "bucket_at"));
        Assert.Equal("notes 2025-01-28, photos 2025-01-20", await FirstAsync("device_margin", "bucket_at"));
    }

    /// <summary>Some.Now is 2026-03-04 12:30:15. Raw 8 days, hours 90, days 400.</summary>
    [Theory]
    [InlineData("event", "2026-02-01 10:00Z", "2026-03-04 12:00Z", "2026-02-25 00:00Z", "2026-03-04 12:00Z")]
    [InlineData("event", "2026-01-01 10:00Z", "2026-01-02 10:00Z", "2026-02-25 00:00Z", "2026-02-25 00:00Z")]
    [InlineData("event", "2026-03-01 10:00Z", "2026-03-04 12:00Z", "2026-03-01 10:00Z", "2026-03-04 12:00Z")]
    [InlineData("hour", "2025-11-01 10:00Z", "2025-12-10 12:00Z", "2025-12-05 00:00Z", "2025-12-10 12:00Z")]
    [InlineData("minute", "2025-11-01 10:00Z", "2025-11-02 12:00Z", "2025-12-05 00:00Z", "2025-12-05 00:00Z")]
    [InlineData("day", "2025-11-01 10:00Z", "2025-11-02 12:00Z", "2025-11-01 00:00Z", "2025-11-03 00:00Z")]
    [InlineData("day", "2025-11-01 10:00Z", "2026-02-02 12:00Z", "2025-11-01 00:00Z", "2026-02-02 12:00Z")]
    [InlineData("day", "2024-11-01 10:00Z", "2026-02-02 12:00Z", "2025-01-29 00:00Z", "2026-02-02 12:00Z")]
    [InlineData("day", "2024-11-01 10:00Z", "2024-11-02 12:00Z", "2025-01-29 00:00Z", "2025-01-29 00:00Z")]
    [InlineData("day", "2026-01-01 10:00Z", "2026-02-02 12:00Z", "2026-01-01 10:00Z", "2026-02-02 12:00Z")]
    public async Task KeptRange_BeyondRetention_SaysWhatIsReallyCounted(string source, string lo, string hi, string keptLo, string keptHi)
    {
        await SaveAsync(new AppSetting("notes", null, RawDays, 90, 400));
        Assert.Equal(
            "true",
            await ScalarAsync<string>($"select (k.lo = '{keptLo}' and k.hi = '{keptHi}')::text from synchealth.kept_range('notes', '{lo}', '{hi}', '{source}', '{Some.Now:O}') k"));
        Assert.Equal(
            "true",
            await ScalarAsync<string>($"select (k.lo = '{lo}' and k.hi = '{hi}')::text from synchealth.kept_range('photos', '{lo}', '{hi}', '{source}', '{Some.Now:O}') k"));
    }

    /// <summary>Arrivals have no days: where their hours are gone, nothing is counted by arrival.</summary>
    [Fact]
    public async Task KeptRange_ByArrival_EndsWithTheHours()
    {
        await SaveAsync(new AppSetting("notes", null, RawDays, 90, 400));
        Assert.Equal("true", await ScalarAsync<string>($"select (k.lo = '2025-12-05 00:00Z')::text from synchealth.kept_range('notes', '2025-11-01', '2026-02-02', 'day', 'arrival', '{Some.Now:O}') k"));
        Assert.Equal("true", await ScalarAsync<string>($"select (k.lo = '2025-11-01 00:00Z')::text from synchealth.kept_range('notes', '2025-11-01 00:00Z', '2026-02-02', 'day', 'event', '{Some.Now:O}') k"));
    }

    /// <summary>What an app no longer keeps whole, people with psql are not shown a part of.</summary>
    [Fact]
    public async Task Vitals_InPsql_CountOnlyWhatTheAppKeepsWhole()
    {
        const string Attempts = "select coalesce(sum(attempts), 0)::text from synchealth.vitals('notes', '2026-02-20 00:00Z', '2026-03-04 12:30Z', null, '{device_model}', now_at => '2026-03-04 12:30:15Z')";
        await WriteAsync(Aged(1, days: RawDays), Aged(2, days: 1));
        Assert.Equal("1", await ScalarAsync<string>(Attempts));

        await SaveAsync(new AppSetting("notes", null, null, null, null));
        Assert.Equal("2", await ScalarAsync<string>(Attempts));
    }

    private static DateTimeOffset At(int daysAgo, int minutesMore = 0) => Some.Now.AddDays(-daysAgo).AddMinutes(-minutesMore);

    private static EventRow Aged(long id, int days, int hours = 0, string app = "notes") => Some.Event(id: id) with
    {
        Segment = Some.Segment() with { App = app },
        DeviceAt = At(days, hours * 60),
        EventAt = At(days, hours * 60),
    };

    private Task SaveAsync(AppSetting setting) => _settings.SaveAsync(setting, CancellationToken.None);

    private Task MaintainAsync() => _loop.MaintainAsync(CancellationToken.None);

    private async Task WriteAsync(params EventRow[] events) =>
        Assert.Equal(WriteStatus.Committed, (await _writer.WriteAsync(Some.Batch(events), CancellationToken.None)).Status);

    private Task<string?> EventsAsync() => ScalarAsync<string?>("select string_agg(event_hash::text, ' ' order by event_hash) from synchealth.event");

    private Task<string?> FirstAsync(string table, string column) => ScalarAsync<string?>($"""
        select string_agg(name || ' ' || first, ', ' order by name)
        from (select a.name, to_char(min(r.{column}) at time zone 'UTC', 'YYYY-MM-DD') as first
              from synchealth.{table} r {(table == "device_margin" ? "" : "join synchealth.core_segment c using (core_id)")} join synchealth.app a using (app_id) group by 1) x
        """);

    private async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql);
    }
}
