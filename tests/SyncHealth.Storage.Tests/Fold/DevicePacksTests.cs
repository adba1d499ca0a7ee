using Dapper;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>What devices did counts the same, packed or not.</summary>
public sealed class DevicePacksTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = TimeSpan.FromDays(4);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Pack_BetweenFolds_LeavesEveryCountAndSketch(int seed)
    {
        var attempts = SomeAttempts.Before(_stage.Now, seed, 400, Over).Select((attempt, i) => attempt with { Id = i }).ToArray();
        await using var unpacked = await VitalsStage.CreateAsync();
        foreach (var part in attempts.Chunk(70))
        {
            foreach (var stage in new[] { _stage, unpacked })
            {
                await stage.CommitAsync(part);
                await stage.FoldAsync();
            }

            Assert.InRange(await _stage.PackAsync(), 1, long.MaxValue);
            Assert.Equal(0, await ScalarAsync<int>("select (select count(*) from synchealth.device_day) + (select count(*) from synchealth.device_release)"));
        }

        Assert.Equal(await Rollups.ReadDevicesAsync(unpacked.DataSource, "notes", 0), await Rollups.ReadDevicesAsync(_stage.DataSource, "notes", 0));
    }

    [Fact]
    public async Task Pack_AnyNumberOfDevices_ChunksFollowEachOtherByKey()
    {
        await FillAsync(devices: 4_400);

        Assert.Equal(4_400, await PackAsync(Packing.Everything));
        Assert.Equal("1-1993 1994-3986 3987-4400", await ChunksAsync());
        await FillAsync(devices: 10, first: -4);
        Assert.Equal(10, await PackAsync(Packing.Everything));

        Assert.Equal("-4-1988 1989-3981 3982-4400", await ChunksAsync());
        Assert.Equal("4405|4410|4410", await ScalarAsync<string>(
            "select concat_ws('|', count(distinct device_key), sum(attempts), sum(octet_length(sketch)) / 2) from synchealth.device_day_folded"));
        Assert.Equal("4405|t", await ScalarAsync<string>("""
            select concat_ws('|', sum(devices), bool_and(devices = cardinality(device_keys) and cardinality(device_keys) = cardinality(attempts) and partials is null))
            from synchealth.device_day_pack
            """));
    }

    /// <summary>A day under way waits for so many rows and for so many of what is packed; one that is over for fewer.</summary>
    [Theory]
    [InlineData(0, 0, 63, false)]
    [InlineData(0, 0, 64, true)]
    [InlineData(0, 8_000, 499, false)]
    [InlineData(0, 8_000, 500, true)]
    [InlineData(2, 0, 7, false)]
    [InlineData(2, 0, 8, true)]
    [InlineData(2, 4_000, 124, false)]
    [InlineData(2, 4_000, 125, true)]
    public async Task Pack_Default_WaitsForEnoughRows(int daysAgo, int packed, int rows, bool isPacked)
    {
        await FillAsync(packed, daysAgo: daysAgo);
        await PackAsync(Packing.Everything);
        await FillAsync(rows, daysAgo: daysAgo);

        Assert.Equal(isPacked ? rows : 0, await PackAsync(DevicePacks.Rule));
        Assert.Equal(isPacked ? 0 : rows, await ScalarAsync<int>("select count(*) from synchealth.device_day"));
    }

    [Theory]
    [InlineData(0, 63, false)]
    [InlineData(0, 64, true)]
    [InlineData(8_000, 499, false)]
    [InlineData(8_000, 500, true)]
    public async Task Pack_ReleasesByDefault_WaitForEnoughRows(int packed, int rows, bool isPacked)
    {
        await FillReleasesAsync(packed);
        await PackAsync(Packing.Everything);
        await FillReleasesAsync(rows);

        Assert.Equal(isPacked ? rows : 0, await PackAsync(DevicePacks.Rule));
        Assert.Equal(isPacked ? 0 : rows, await ScalarAsync<int>("select count(*) from synchealth.device_release"));
        Assert.Equal($"{Math.Max(packed, rows)}|{packed + rows}", await ScalarAsync<string>(
            "select concat_ws('|', count(distinct device_key), sum(attempts)) from synchealth.device_release_folded"));
    }

    /// <summary>Of a device with a cell and a row, bounds are least and greatest.</summary>
    [Fact]
    public async Task Pack_Releases_KeepTheirBounds()
    {
        await FillReleasesAsync(devices: 1, hoursAgo: 5);
        await PackAsync(Packing.Everything);
        await FillReleasesAsync(devices: 2, hoursAgo: 9);
        await PackAsync(Packing.Everything);
        await FillReleasesAsync(devices: 1, hoursAgo: 2);
        await PackAsync(Packing.Everything);

        Assert.Equal("1-2 {9,9} {2,9}", await ScalarAsync<string>("""
            select first_key || '-' || last_key || ' ' || array(select (extract(epoch from @now - t) / 3600)::integer from unnest(first_seen_ats) t)::text
                || ' ' || array(select (extract(epoch from @now - t) / 3600)::integer from unnest(last_seen_ats) t)::text
            from synchealth.device_release_pack
            """));
    }

    [Fact]
    public async Task ErasePackedReleases_SomeOfAChunk_LeavesTheOthersAndItsBounds()
    {
        await FillReleasesAsync(devices: 5);
        await PackAsync(Packing.Everything);

        await ExecuteAsync("select synchealth.erase_packed_releases(p.core_id, p.first_key, '{1,3,5}') from synchealth.device_release_pack p");
        Assert.Equal("2-4 2 4 2", await ScalarAsync<string>("""
            select concat(first_key, '-', last_key, ' ', array_to_string(device_keys, ' '), ' ', cardinality(first_seen_ats)) from synchealth.device_release_pack
            where cardinality(last_seen_ats) = devices and cardinality(attempts) = devices
            """));
        await ExecuteAsync("select synchealth.erase_packed_releases(p.core_id, p.first_key, '{1,2}') from synchealth.device_release_pack p");
        Assert.Equal(0, await ScalarAsync<int>("select count(*) from synchealth.device_release_pack"));
    }

    [Fact]
    public async Task Pack_SketchOfADeviceThatRetriesInALoop_StaysBounded()
    {
        for (var round = 0; round < 4; round++)
        {
            await ExecuteAsync("""
                insert into synchealth.device_day
                select 1, date_trunc('day', @now, 'UTC'), 1, 900, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, string_agg(synchealth.duration_unit((1.02 ^ i)::integer), '')
                from generate_series(1, 900) i
                """);
            await PackAsync(Packing.Everything);
        }

        Assert.Equal("3600|3600|t", await ScalarAsync<string>("""
            select concat_ws('|', attempts[1], (select sum(b.count) from synchealth.duration_buckets(sketches[1]) b), octet_length(sketches[1]) <= 6000)
            from synchealth.device_day_pack
            """));
    }

    [Fact]
    public async Task Pack_OtherProcessFolds_LeavesItToTheNextRound()
    {
        await FillAsync(devices: 3);
        await using (var connection = await _stage.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("select pg_advisory_lock(x'53796E63466F6C64'::bigint)");
            Assert.Equal(0, await PackAsync(Packing.Everything));
            await connection.ExecuteAsync("select pg_advisory_unlock_all()");
        }

        Assert.Equal(3, await PackAsync(Packing.Everything));
    }

    [Fact]
    public async Task Maintain_EnoughRows_ArePacked()
    {
        await FillAsync(devices: 300);
        await _stage.MaintainAsync();
        Assert.Equal("1-300", await ChunksAsync());
    }

    [Fact]
    public async Task ErasePackedDays_SomeOfAChunk_LeavesTheOthersAndItsBounds()
    {
        await FillAsync(devices: 5);
        await PackAsync(Packing.Everything);

        await EraseAsync("{1,3,5}");
        Assert.Equal("2-4", await ChunksAsync());
        Assert.Equal("2 4|1 1", await ScalarAsync<string>(
            "select array_to_string(device_keys, ' ') || '|' || array_to_string(attempts, ' ') from synchealth.device_day_pack where partials is null and cardinality(sketches) = devices"));
        await EraseAsync("{1,2}");
        Assert.Null(await ChunksAsync());
    }

    private Task EraseAsync(string places) =>
        ExecuteAsync($"select synchealth.erase_packed_days(p.core_id, p.day_at, p.first_key, '{places}') from synchealth.device_day_pack p");

    private Task FillAsync(int devices, int daysAgo = 0, int first = 1) => ExecuteAsync($"""
        insert into synchealth.device_day
        select i, date_trunc('day', @now - interval '{daysAgo} days', 'UTC'), 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, synchealth.duration_unit(800)
        from generate_series({first}, {first + devices - 1}) i
        """);

    private Task FillReleasesAsync(int devices, int hoursAgo = 1) => ExecuteAsync($"""
        insert into synchealth.device_release
        select i, @now - interval '{hoursAgo} hours', @now - interval '{hoursAgo} hours', 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 from generate_series(1, {devices}) i
        """);

    private Task<string> ChunksAsync() =>
        ScalarAsync<string>("select string_agg(first_key || '-' || last_key, ' ' order by first_key) from synchealth.device_day_pack");

    private async Task<long> PackAsync(PackRule rule)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return await DevicePacks.PackAsync(connection, rule, _stage.Now, CancellationToken.None);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { now = _stage.Now.UtcDateTime });
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { now = _stage.Now.UtcDateTime }))!;
    }
}
