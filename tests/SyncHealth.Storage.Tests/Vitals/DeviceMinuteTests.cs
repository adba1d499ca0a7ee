using Dapper;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Hours with many attempts keep their devices by the minute: ranges that begin or end within them must have the devices of their raw events, whatever the fold has done so far.</summary>
public sealed class DeviceMinuteTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = TimeSpan.FromDays(2);

    /// <summary>Devices by core segment and point of one range, told from minutes but not from raw events, or the other way round.</summary>
    private const string Differing = """
        with cores as (select array_agg(core_id) as ids from synchealth.core_groups('notes', '{}', '{}')),
        minutes as materialized (
            select distinct d.core_id, d.at, ('x' || encode(substr(d.keys, 1 + 8 * n, 8), 'hex'))::bit(64)::bigint as device_key
            from cores c
            cross join lateral synchealth.edge_device_keys('notes', c.ids, @lo, @hi, 'event', @step::interval, 'UTC', @lo) d
            cross join lateral generate_series(0, octet_length(d.keys) / 8 - 1) n),
        raw as materialized (select d.* from cores c cross join lateral synchealth.raw_devices(c.ids, @lo, @hi, 'event', @step::interval, 'UTC', @lo) d)
        select (select count(*) from ((table minutes except table raw) union all (table raw except table minutes)) x), (select count(*) from raw)
        """;

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Minutes_AnyEdgeInAnyStateOfTheFold_AreThoseOfRawEvents()
    {
        await KeepMinutesAsync();
        await CommitAndFoldAsync();
        Assert.NotEqual(0, await ScalarAsync<long>("select count(*) from synchealth.device_minute"));
        Assert.NotEqual(0, await ScalarAsync<long>("select count(*) from synchealth.device_open_hour"));
        Assert.NotEqual(0, await ScalarAsync<long>("select count(*) from synchealth.device_increment"));
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var random = new Random(20261127);
        var found = 0L;

        for (var edge = 0; edge < 200; edge++)
        {
            var lo = _stage.Now.AddSeconds(-_stage.Now.Second).AddMinutes(-random.Next((int)Over.TotalMinutes));
            var range = new
            {
                lo = lo.UtcDateTime,
                hi = lo.AddMinutes(random.Next(1, edge % 4 == 0 ? 600 : 119)).UtcDateTime,
                step = edge % 3 == 0 ? (TimeSpan?)null : TimeSpan.FromMinutes(random.Next(1, 100)),
            };
            Assert.True(await connection.ExecuteScalarAsync<bool>("select synchealth.has_minutes(@lo, @hi, @step::interval)", range));
            var (differing, rows) = await connection.QuerySingleAsync<(long, long)>(Differing, range);

            Assert.Equal(0, differing);
            found += rows;
        }

        Assert.True(found > 1_000, $"The edges held {found} devices: too few to compare.");
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(5, "os")]
    [InlineData(60, "app_version")]
    [InlineData(1440, "network")]
    public async Task Answers_FromMinutes_AreThoseWithoutThem(int? step, string by)
    {
        await KeepMinutesAsync();
        await CommitAndFoldAsync();
        var questions = new[] { 1.3, 6.1, 24, 41 }.Select(hours =>
            _stage.Ask(TimeSpan.FromHours(hours), step is { } minutes ? TimeSpan.FromMinutes(minutes) : null, by) with { Parts = VitalsParts.Devices }).ToList();
        var with = await AnswersAsync(questions);

        await ExecuteAsync("update synchealth.device_minute_hour set is_complete = false");

        Assert.Equal(with, await AnswersAsync(questions));
        Assert.NotEmpty(with);
    }

    [Fact]
    public async Task Fold_HourWithManyDevices_KeepsThemAndMovesThemWhileItIsOpen()
    {
        await CommitManyAsync(DeviceHourFold.ManyAttempts);
        await _stage.MaintainAsync();

        // The next hour will have many as well.
        Assert.Equal("14 t, 15 t", await HoursAsync());
        Assert.Equal(
            $"2 {DeviceHourFold.ManyAttempts - 1}, 3 {DeviceHourFold.ManyAttempts - 1}, 37 1",
            await ScalarAsync<string>("""
                select string_agg(concat_ws(' ', no, keys), ', ' order by no)
                from (select no, sum(octet_length(synchealth.minute_keys(starts, keys, no, no + 1))) / 8 as keys from synchealth.device_minute cross join generate_series(0, 59) no group by no) x
                where keys > 0
                """));
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from synchealth.device_open_hour"));
    }

    /// <summary>One device in a loop makes the raw events of its hour as many as a fleet does; other apps read them as well.</summary>
    [Theory]
    [InlineData(DeviceHourFold.ManyAttempts, "14 t, 15 t")]
    [InlineData(DeviceHourFold.ManyAttempts - 1, null)]
    public async Task Fold_HourWithManyAttemptsOfFewDevices_KeepsThem(int attempts, string? hours)
    {
        await _stage.CommitAsync(new Attempt(_stage.Now) { Device = 1 });
        await _stage.FoldAsync();
        await ExecuteAsync($"update synchealth.rollup_margin set attempts = {attempts} where dimension = 'os' and grain = 2");
        await _stage.MaintainAsync();

        Assert.Equal(hours, await HoursAsync());
        Assert.Equal(hours is null ? 1 : 0, await ScalarAsync<long>("select count(*) from synchealth.device_open_hour"));
    }

    [Fact]
    public async Task Fold_HourWithFewerDevices_KeepsNoneAndStaysOpen()
    {
        await CommitManyAsync(DeviceHourFold.ManyAttempts - 1);
        await _stage.MaintainAsync();

        Assert.Null(await HoursAsync());
        Assert.Equal(DeviceHourFold.ManyAttempts - 1, await ScalarAsync<long>("select count(*) from synchealth.device_open_hour"));
    }

    /// <summary>What comes to a large open hour waits until it is a quarter of the bytes of its set: registers of 4,096 bytes, 128 keys.</summary>
    [Theory]
    [InlineData(127, 127)]
    [InlineData(128, 0)]
    public async Task Fold_FewDevicesOfALargeOpenHour_Wait(int more, int left)
    {
        await CommitManyAsync(DeviceHourFold.ManyAttempts);
        await _stage.MaintainAsync();
        await AddDevicesAsync("14:00", more, first: DeviceHourFold.ManyAttempts);
        await _stage.MaintainAsync();

        Assert.Equal(left, await ScalarAsync<long>("select count(*) from synchealth.device_open_hour"));
    }

    [Fact]
    public async Task Fold_HourThatHasASetAlready_KeepsNone()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now.AddHours(-3)) { Device = 1 });
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        await AddDevicesAsync("11:00", DeviceHourFold.ManyAttempts);
        await _stage.MaintainAsync();

        // The hour after it, which has none, is told to.
        Assert.Equal("12 t", await HoursAsync());
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from synchealth.device_open_hour"));
    }

    /// <summary>A process of the version before may write beside one of this; it says nothing of minutes.</summary>
    [Fact]
    public async Task Increment_OfAnOlderProcess_IsReadFromRawEventsAndRefusesItsHourOnceFolded()
    {
        await KeepMinutesAsync();
        await _stage.CommitAsync(new Attempt(_stage.Now) { Device = 1 });
        await ExecuteAsync("update synchealth.device_increment set minutes = null");
        Assert.False(await HasMinutesAsync());

        await _stage.FoldAsync();
        Assert.False(await HasMinutesAsync());
        Assert.Equal(0, await ScalarAsync<long>("select minutes from synchealth.device_open_hour"));
        Assert.Equal(1, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromMinutes(20)) with { Parts = VitalsParts.Devices })).Devices);
    }

    [Fact]
    public async Task Minutes_AsOfAnEarlierMoment_AreNotAsked()
    {
        await KeepMinutesAsync();
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        const string Ask = "select synchealth.has_minutes('2026-03-04 14:00Z', '2026-03-04 14:30Z', null)";
        Assert.True(await connection.ExecuteScalarAsync<bool>(Ask));

        await connection.ExecuteAsync("set synchealth.as_of = '2026-03-04 14:20Z'");

        Assert.False(await connection.ExecuteScalarAsync<bool>(Ask));
    }

    [Fact]
    public async Task Minutes_AfterARebuild_AreTheSame()
    {
        await KeepMinutesAsync();
        await CommitAndFoldAsync();
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        var before = await KeysAsync();

        await new RollupRebuild(_stage.DataSource, new StorageOptions(), _stage.Clock).RunAsync(null, TestContext.Current.CancellationToken);
        await _stage.MaintainAsync();

        Assert.True(before.Count > 300, $"{before.Count} keys are too few to compare.");
        Assert.Equal(before, await KeysAsync());
    }

    [Fact]
    public async Task Minutes_OfMoreThanTwoDaysAgo_AreGoneAndSaidToBe()
    {
        await KeepMinutesAsync();
        await CommitAndFoldAsync();
        _stage.Clock.Advance(TimeSpan.FromDays(10));
        await _stage.MaintainAsync();

        Assert.Null(await HoursAsync());
        Assert.Equal(0, await ScalarAsync<long>("select count(*) from synchealth.device_minute"));
    }

    /// <summary>Some attempts of two days: moved, folded and waiting.</summary>
    private async Task CommitAndFoldAsync()
    {
        var attempts = SomeAttempts.Before(_stage.Now, seed: 20261127, 900, Over);
        await _stage.CommitAsync(attempts.Take(300));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        await _stage.CommitAsync(attempts.Skip(300).Take(200));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        await _stage.CommitAsync(attempts.Skip(500).Take(200));
        await _stage.FoldAsync();
        await _stage.CommitAsync(attempts.Skip(700));
    }

    /// <summary>As if every hour of the last days, and those that come, had many devices.</summary>
    private Task KeepMinutesAsync() => ExecuteAsync("""
        insert into synchealth.device_minute_hour (hour_at, is_complete)
        select t, true from generate_series('2026-02-28 00:00Z'::timestamptz, '2026-03-05 20:00Z', '1 hour') t
        """);

    /// <summary>Devices in the third and fourth minute of an hour, as the fold leaves them.</summary>
    private Task AddDevicesAsync(string hour, int count, int first = 1) => ExecuteAsync($"""
        insert into synchealth.device_open_hour (hour_at, core_id, device_key, minutes)
        select '2026-03-04 {hour}Z', (select min(core_id) from synchealth.core_segment), hashint8extended(n, 5), 12 from generate_series({first}, {first + count - 1}) n
        """);

    /// <summary>That many devices in the present hour, one of them by an event.</summary>
    private async Task CommitManyAsync(int devices)
    {
        await _stage.CommitAsync(new Attempt(_stage.Now) { Device = 1 });
        await _stage.FoldAsync();
        await AddDevicesAsync("14:00", devices - 1);
    }

    private Task<string?> HoursAsync() => ScalarAsync<string?>(
        "select string_agg(concat_ws(' ', to_char(hour_at at time zone 'UTC', 'HH24'), is_complete), ', ' order by hour_at) from synchealth.device_minute_hour");

    private Task<bool> HasMinutesAsync() => ScalarAsync<bool>("select synchealth.has_minutes('2026-03-04 14:00Z', '2026-03-04 14:30Z', null)");

    private async Task<List<string>> AnswersAsync(IEnumerable<VitalsQuery> questions)
    {
        var lines = new List<string>();
        foreach (var question in questions)
            foreach (var group in (await _stage.ReadAsync(question)).Groups)
                lines.AddRange(group.Points.Select(point => $"{question.From:O} {string.Join(',', group.By.Values)} {point.At:O} {point.Devices}"));
        return lines;
    }

    /// <summary>Devices by hour, segment and minute, moved or not.</summary>
    private async Task<List<string>> KeysAsync()
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return [.. await connection.QueryAsync<string>("""
            select concat_ws(' ', d.hour_at, d.core_id, no, encode(substr(k.keys, 1 + 8 * n, 8), 'hex'))
            from synchealth.device_minute d
            cross join generate_series(0, 59) no
            cross join lateral (select synchealth.minute_keys(d.starts, d.keys, no, no + 1) as keys) k
            cross join lateral generate_series(0, octet_length(k.keys) / 8 - 1) n
            union
            select concat_ws(' ', h.hour_at, h.core_id, no, encode(int8send(h.device_key), 'hex'))
            from synchealth.device_open_hour h join generate_series(0, 59) no on h.minutes >> no & 1 = 1
            order by 1
            """)];
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }

    private async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<T>(sql);
    }
}
