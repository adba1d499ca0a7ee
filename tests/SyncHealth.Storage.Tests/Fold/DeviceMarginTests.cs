using Dapper;
using Npgsql;
using SyncHealth.Storage.Migrations;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>Margins of device sets hold the devices of the sets that they join. That questions are answered right from them: <see cref="ComposedRangeTests"/>.</summary>
public sealed class DeviceMarginTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = TimeSpan.FromDays(5);

    private VitalsStage _stage = null!;
    private NpgsqlConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        _connection = await _stage.DataSource.OpenConnectionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _stage.DisposeAsync();
    }

    [Theory]
    [InlineData("os", 1, "bucket_at")]
    [InlineData("app_version", 2, "synchealth.floor_to('6 hours', bucket_at)")]
    [InlineData("network", 2, "synchealth.floor_to('6 hours', bucket_at)")]
    [InlineData("app_version", 3, "bucket_at")]
    [InlineData("os", 3, "bucket_at")]
    [InlineData("network", 3, "bucket_at")]
    public async Task Fold_InSeveralRounds_HoldsTheDevicesOfTheSegments(string dimension, int grain, string at)
    {
        await FoldSomeAsync(rounds: 3);

        var expected = await LinesAsync($"""
            select concat_ws('|', environment, {dimension}, {at}), string_agg(keys, '') from synchealth.device_set join synchealth.core_segment using (core_id)
            where (grain = 3) = (@grain = 3) group by 1
            """, grain);
        var margins = await LinesAsync($"select concat_ws('|', environment, value, bucket_at), keys from synchealth.device_margin where dimension = '{dimension}' and grain = @grain", grain);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, margins);
    }

    /// <summary>1,500 devices in two versions on one system, in three parts: registers where there are more than a thousand, and never more than one HyperLogLog.</summary>
    [Fact]
    public async Task Fold_ManyDevicesInParts_KeepsEveryMarginShort()
    {
        var random = new Random(3);
        var keys = Enumerable.Range(0, 1_500).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToList();
        foreach (var part in keys.Chunk(500))
        {
            await _stage.CommitAsync(part.Select((key, i) => new Attempt(_stage.Now.AddHours(-20)) { Device = key, Version = i % 2 == 0 ? "even" : "odd" }));
            await _stage.FoldAsync();
            await _stage.MaintainAsync();
        }

        var margins = await _connection.QueryAsync<string>("""
            select concat_ws(' ', dimension, value, grain, octet_length(registers), octet_length(keys) <= case when octet_length(registers) > 0 then 2048 else 8000 end)
            from synchealth.device_margin order by 1
            """);
        var all = await _connection.QuerySingleAsync<(long Margin, long Sets)>("""
            select (select synchealth.device_set_count(keys, registers) from synchealth.device_margin where dimension = 'os' and grain = 3),
                (select synchealth.device_set_count(string_agg(keys, ''::bytea), string_agg(registers, ''::bytea)) from synchealth.device_set where grain = 3)
            """);

        Assert.Equal(
            ["app_version even 2 0 t", "app_version even 3 0 t", "app_version odd 2 0 t", "app_version odd 3 0 t", "network wifi 2 4096 t", "network wifi 3 4096 t", "os android 1 4096 t", "os android 3 4096 t"],
            margins);
        Assert.Equal(all.Sets, all.Margin);
        Assert.InRange(all.Margin, 1_400, 1_600);
    }

    [Fact]
    public async Task Migrate_SetsWithoutMargins_AreJoinedAndThenCompacted()
    {
        await FoldSomeAsync(rounds: 2);
        await CommitOneHourAsync(devices: 1_200);
        var folded = await AllAsync();

        await _connection.ExecuteAsync("""
            drop table synchealth.device_margin;
            drop function synchealth.is_grown_set, synchealth.device_margins_of;
            """);
        await _connection.ExecuteAsync(Migration.Embedded().Single(migration => migration.Number == 116).Sql);
        await _stage.MaintainAsync();

        Assert.Equal(folded, await AllAsync());
        Assert.Equal(0, await _connection.ExecuteScalarAsync<long>("select count(*) from synchealth.device_margin where synchealth.is_grown_set(keys, registers)"));
    }

    private async Task FoldSomeAsync(int rounds)
    {
        foreach (var part in SomeAttempts.Before(_stage.Now, seed: 31, 300, Over).Chunk(300 / rounds))
        {
            await _stage.CommitAsync(part);
            await _stage.FoldAsync();
            await _stage.MaintainAsync();
        }
    }

    private async Task CommitOneHourAsync(int devices)
    {
        await _stage.CommitAsync(Enumerable.Range(1_000, devices).Select(device => new Attempt(_stage.Now.AddHours(-20)) { Device = device, Version = $"{device % 3}.0" }));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
    }

    private async Task<IReadOnlyList<string>> AllAsync() => [.. await _connection.QueryAsync<string>("""
        select concat_ws('|', app_id, dimension, grain, environment, value, bucket_at, synchealth.device_set_count(keys, registers)) from synchealth.device_margin order by 1
        """)];

    private async Task<IReadOnlyList<string>> LinesAsync(string sql, int grain) =>
        [.. (await _connection.QueryAsync<(string Key, byte[] Keys)>(sql, new { grain })).Select(row => $"{row.Key} {Convert.ToHexString(DeviceSet.Compacted(row.Keys, []).Keys)}").Order(StringComparer.Ordinal)];
}
