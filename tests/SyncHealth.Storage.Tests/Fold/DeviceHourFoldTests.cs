using Dapper;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

public sealed class DeviceHourFoldTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    private DateTimeOffset Now => _stage.Now;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Fold_HoursThatAreOver_BecomeSetsOfTheirHourAndDay()
    {
        // 14:37:20: the hours from 14:00 stay, those before go.
        await _stage.CommitAsync(
            new Attempt(Now) { Device = 1 },
            new Attempt(Now.AddHours(-3)) { Device = 2 },
            new Attempt(Now.AddHours(-3)) { Device = 3, Version = "9.9" },
            new Attempt(Now.AddHours(-5)) { Device = 2 },
            new Attempt(Now.AddHours(-15)) { Device = 2 });
        await _stage.FoldAsync();
        await _stage.MaintainAsync();

        Assert.Equal("1", await ScalarAsync("select string_agg(device_key::text, ' ') from synchealth.device_open_hour"));
        Assert.Equal(
            "03-03 23 2.4.1 1|03-04 09 2.4.1 1|03-04 11 2.4.1 1|03-04 11 9.9 1|03-03 00 2.4.1 1|03-04 00 2.4.1 1|03-04 00 9.9 1",
            await ScalarAsync("""
                select string_agg(line, '|' order by grain, line) from (
                    select grain, to_char(bucket_at at time zone 'UTC', 'MM-DD HH24 ') || app_version || ' ' || synchealth.device_set_count(keys, registers) as line
                    from synchealth.device_set join synchealth.core_segment using (core_id)) x
                """));
    }

    [Fact]
    public async Task Fold_LateEvents_GoIntoSetsWithTheRowsOfTheirHour()
    {
        await _stage.CommitAsync(
            new Attempt(Now) { Device = 1 },
            new Attempt(Now.AddHours(-3)) { Device = 2 },
            new Attempt(Now.AddHours(-15)) { Device = -3 });
        await _stage.FoldAsync();
        Assert.Equal("-3 1 2", await ScalarAsync("select string_agg(device_key::text, ' ' order by device_key) from synchealth.device_open_hour"));
        await _stage.MaintainAsync();

        Assert.Equal("1", await ScalarAsync("select string_agg(device_key::text, ' ') from synchealth.device_open_hour"));
        Assert.Equal("2:11 2, 2:23 -3, 3:00 2, 3:00 -3", await ScalarAsync("""
            select string_agg(concat_ws(' ', grain || ':' || to_char(bucket_at at time zone 'UTC', 'HH24'), ('x' || encode(keys, 'hex'))::bit(64)::bigint), ', ' order by grain, bucket_at desc, keys desc)
            from synchealth.device_set
            """));
    }

    /// <summary>A set of forty has 320 bytes: five devices more are an eighth of them, until the hour is fifteen hours old.</summary>
    [Fact]
    public async Task Fold_FewLateEventsOfALargeSet_WaitAsRowsAndCountOnce()
    {
        var query = _stage.Ask(TimeSpan.FromDays(1), TimeSpan.FromHours(1)) with { Parts = VitalsParts.Devices };
        await CommitAsync(first: 1, count: 40);
        await _stage.MaintainAsync();
        Assert.Equal("0 320", await RowsAndBytesAsync());

        await CommitAsync(first: 40, count: 4);
        await _stage.MaintainAsync();
        Assert.Equal("4 320", await RowsAndBytesAsync());
        Assert.Equal([43], await DevicesAsync(query));

        await CommitAsync(first: 44, count: 1);
        await _stage.MaintainAsync();
        Assert.Equal("0 360", await RowsAndBytesAsync());
        Assert.Equal([44], await DevicesAsync(query));

        await CommitAsync(first: 45, count: 1);
        _stage.Clock.Advance(TimeSpan.FromHours(8));
        await _stage.MaintainAsync();
        Assert.Equal("1 360", await RowsAndBytesAsync());
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        await _stage.MaintainAsync();
        Assert.Equal("0 368", await RowsAndBytesAsync());
        Assert.Equal([45], await DevicesAsync(query));

        async Task CommitAsync(int first, int count)
        {
            await _stage.CommitAsync(Enumerable.Range(first, count).Select(device => new Attempt(query.To.AddHours(-6)) { Device = device }));
            await _stage.FoldAsync();
        }
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("1d")]
    [InlineData("none")]
    public async Task Fold_LateEventsOfSetsAlreadyMade_CountOnce(string step)
    {
        await _stage.CommitAsync(new Attempt(Now.AddHours(-6)) { Device = 1 }, new Attempt(Now.AddHours(-6)) { Device = 2 });
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        await _stage.CommitAsync(new Attempt(Now.AddHours(-6).AddMinutes(1)) { Device = 2 }, new Attempt(Now.AddHours(-6)) { Device = 3 });
        var query = _stage.Ask(TimeSpan.FromDays(3), step switch { "1h" => TimeSpan.FromHours(1), "1d" => TimeSpan.FromDays(1), _ => null }) with { Parts = VitalsParts.Devices };

        Assert.Equal([3], await DevicesAsync(query));
        await _stage.FoldAsync();
        Assert.Equal([3], await DevicesAsync(query));
        await _stage.MaintainAsync();
        Assert.Equal([3], await DevicesAsync(query));
        Assert.Equal("0", await ScalarAsync("select count(*)::text from synchealth.device_open_hour"));
    }

    [Fact]
    public async Task Fold_ManyDevices_AreEstimatedAndSqlSaysTheSame()
    {
        const int Devices = 5_000;
        var random = new Random(7);
        var keys = Enumerable.Range(0, Devices).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToList();
        for (var day = 1; day <= 3; day++)
        {
            await _stage.CommitAsync(keys.Skip(day * 500).Select(key => new Attempt(Now.AddDays(-day)) { Device = key, Version = key % 2 == 0 ? "even" : "odd" }));
            await _stage.FoldAsync();
            await _stage.MaintainAsync();
        }

        var query = _stage.Ask(TimeSpan.FromDays(4)) with { Parts = VitalsParts.Devices };
        var devices = Assert.Single(await DevicesAsync(query));

        Assert.InRange(devices, 4_500 * 0.95, 4_500 * 1.05);
        Assert.Equal("4096", await ScalarAsync("select max(length(registers))::text from synchealth.device_set"));
        Assert.Equal("true", await ScalarAsync($"select (max(length(keys)) <= {2 * DeviceSet.MaxExact * DeviceSet.KeyBytes})::text from synchealth.device_set"));
        Assert.Equal(devices.ToString(System.Globalization.CultureInfo.InvariantCulture), await ScalarAsync(
            "select devices::text from synchealth.device_counts('notes', '2026-02-28', '2026-03-05', null, 'UTC', 'event', 'day', '{}', '{}')"));
    }

    [Fact]
    public async Task Fold_TwoProcesses_LoseNobody()
    {
        await _stage.CommitAsync(Enumerable.Range(1, 300).Select(device => new Attempt(Now.AddHours(-4)) { Device = device }));
        await _stage.FoldAsync();
        await Task.WhenAll(_stage.MaintainAsync(), _stage.MaintainAsync(), _stage.MaintainAsync());

        Assert.Equal([300], await DevicesAsync(_stage.Ask(TimeSpan.FromDays(1)) with { Parts = VitalsParts.Devices }));
    }

    private async Task<IEnumerable<long>> DevicesAsync(VitalsQuery query) =>
        Assert.Single((await _stage.ReadAsync(query)).Groups).Points.Where(point => point.Devices > 0).Select(point => point.Devices!.Value);

    /// <summary>Rows of devices, and bytes of the set of the one hour there is.</summary>
    private Task<string?> RowsAndBytesAsync() =>
        ScalarAsync("select (select count(*) from synchealth.device_open_hour) || ' ' || octet_length(keys) from synchealth.device_set where grain = 2");

    private async Task<string?> ScalarAsync(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<string>(sql);
    }
}
