using Dapper;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>Rollups made from raw events equal those that were folded, whatever was wrong with them before.</summary>
public sealed class RollupRebuildTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = TimeSpan.FromDays(5);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        await _stage.PromoteAsync("cohort", _stage.Now.AddDays(-60));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Run_AfterAnyDamage_LeavesTheRowsThatWereFolded(int seed)
    {
        var attempts = SomeAttempts.Before(_stage.Now, seed, 500, Over);
        await _stage.CommitAsync(attempts);
        await _stage.FoldAsync();
        var folded = await Rollups.ReadAllAsync(_stage.DataSource, "notes");
        await ExecuteAsync("""
            delete from synchealth.rollup_minute where core_id % 2 = 0;
            update synchealth.rollup_hour set attempts = attempts + 1, success_sketch = '';
            delete from synchealth.rollup_day;
            update synchealth.rollup_fine_hour set successes = 0, other_sketch = other_sketch || other_sketch;
            delete from synchealth.rollup_fine_day where segment_id % 3 = 0;
            insert into synchealth.rollup_error_hour select bucket_at, core_id, 77, 5 from synchealth.rollup_hour;
            delete from synchealth.rollup_error_day;
            update synchealth.rollup_conflict_hour set discarded = discarded + 1;
            delete from synchealth.rollup_conflict_day;
            update synchealth.rollup_arrival set attempts = 0 where lag_class < 6;
            delete from synchealth.rollup_margin where dimension = 'os';
            update synchealth.rollup_margin set attempts = 0, other_sketch = '' where dimension = 'type';
            """);
        Assert.NotEqual(folded, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));

        Assert.Equal(30, await RebuildAsync());

        Assert.Equal(folded, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
        Assert.Equal(0, await ScalarAsync<int>("select count(*) from synchealth.core_increment"));
    }

    [Fact]
    public async Task Run_PackedRollups_LeavesTheRowsThatWereFolded()
    {
        await _stage.CommitAsync(SomeAttempts.Before(_stage.Now, seed: 8, 300, Over));
        await _stage.FoldAsync();
        var folded = await Rollups.ReadAllAsync(_stage.DataSource, "notes");
        Assert.InRange(await _stage.PackAsync(), 1, long.MaxValue);
        await ExecuteAsync("update synchealth.rollup_minute_pack set failures = attempts where core_id % 2 = 0; delete from synchealth.rollup_minute_pack where core_id % 3 = 0");
        await ExecuteAsync("update synchealth.rollup_fine_hour_pack set failures = attempts where core_id % 2 = 0; delete from synchealth.rollup_fine_hour_pack where core_id % 3 = 0");

        await RebuildAsync();

        Assert.Equal(folded, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
        Assert.Equal(0, await ScalarAsync<int>("select (select count(*) from synchealth.rollup_minute_pack) + (select count(*) from synchealth.rollup_fine_hour_pack)"));
    }

    [Fact]
    public async Task Run_IncrementsWait_CountsThemOnce()
    {
        var attempts = SomeAttempts.Before(_stage.Now, seed: 4, 300, Over);
        await _stage.CommitAsync(attempts.Take(150));
        await _stage.FoldAsync();
        await _stage.CommitAsync(attempts.Skip(150));

        await RebuildAsync();

        Assert.Equal(attempts.Count(attempt => attempt.IsAttempt), (await _stage.ReadOneAsync(_stage.Ask(Over))).Attempts);
        var rebuilt = await Rollups.ReadAllAsync(_stage.DataSource, "notes");
        await RebuildAsync();
        Assert.Equal(rebuilt, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
    }

    [Fact]
    public async Task Run_WhileWritersAndFoldsRun_EveryAnswerIsWhole()
    {
        var attempts = SomeAttempts.Before(_stage.Now, seed: 5, 400, Over);
        await _stage.CommitAsync(attempts.Take(200));
        await _stage.FoldAsync();
        var before = attempts.Take(200).Count(attempt => attempt.IsAttempt);
        var all = attempts.Count(attempt => attempt.IsAttempt);

        var rebuild = RebuildAsync();
        var writing = _stage.CommitAsync(attempts.Skip(200));
        while (!rebuild.IsCompleted || !writing.IsCompleted)
        {
            var seen = (await _stage.ReadOneAsync(_stage.Ask(Over) with { Parts = VitalsParts.None })).Attempts;
            var fine = (await _stage.ReadAsync(_stage.Ask(Over, by: "type") with { Parts = VitalsParts.None })).Groups.Sum(group => group.Points.Sum(point => point.Attempts));
            Assert.InRange(seen, before, all);
            Assert.InRange(fine, before, all);
            await _stage.FoldAsync();
        }

        await Task.WhenAll(rebuild, writing);
        await _stage.FoldAsync();
        var folded = await Rollups.ReadAllAsync(_stage.DataSource, "notes");
        await RebuildAsync();
        Assert.Equal(folded, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
        Assert.Equal(all, (await _stage.ReadOneAsync(_stage.Ask(Over))).Attempts);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, false)]
    [InlineData(6, true)]
    [InlineData(7, true)]
    public async Task Run_DevicesDamaged_LeavesTheDaysReleasesSetsAndLagsThatWereFolded(int seed, bool isPacked)
    {
        await _stage.CommitAsync(SomeAttempts.Before(_stage.Now, seed, 400, Over));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        if (isPacked)
            Assert.InRange(await _stage.PackAsync(), 1, long.MaxValue);
        var folded = await OfDevicesAsync();
        await ExecuteAsync("""
            delete from synchealth.device_day where device_key % 2 = 0;
            update synchealth.device_day set attempts = attempts + 7, sketch = '';
            insert into synchealth.device_day select device_key, day_at - interval '1 day', core_id, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, '' from synchealth.device_day on conflict do nothing;
            update synchealth.device_day_pack set attempts = null, sketches = array_fill(''::bytea, array[devices]);
            delete from synchealth.device_day_pack where core_id % 3 = 0;
            update synchealth.device_release_pack set attempts = null, successes = array_fill(3, array[devices]), first_seen_ats = last_seen_ats;
            delete from synchealth.device_release_pack where core_id % 3 = 1;
            delete from synchealth.device_release where device_key % 3 = 0;
            update synchealth.device_release set attempts = 0, first_seen_at = last_seen_at;
            delete from synchealth.device_set where grain = 3;
            update synchealth.device_set set keys = keys || int8send(77);
            delete from synchealth.device_margin where grain = 3 and dimension = 'app_version';
            update synchealth.device_margin set keys = keys || int8send(78);
            delete from synchealth.rollup_lag where lag_class < 2;
            update synchealth.rollup_lag set attempts = attempts + 1 where lag_class < 6;
            """);
        Assert.NotEqual(folded, await OfDevicesAsync());

        await RebuildAsync();

        Assert.Equal(folded, await OfDevicesAsync());
    }

    [Fact]
    public async Task Run_AppKeepsLessThanTheInstallation_LeavesWhatItCannotCountAgain()
    {
        await _stage.CommitAsync(
            new Attempt(_stage.Now.AddDays(-20)) { Received = _stage.Now.AddDays(-20) },
            new Attempt(_stage.Now.AddDays(-2)),
            new Attempt(_stage.Now.AddDays(-20)) { App = "photos", Device = 2 });
        await _stage.FoldAsync();
        await ExecuteAsync("insert into synchealth.app_setting (app_name, raw_days) values ('notes', 8)");
        await _stage.MaintainAsync();
        Assert.Equal(2, await ScalarAsync<int>("select count(*) from synchealth.event"));
        var before = await OfAppsAsync();

        await RebuildAsync();

        Assert.Equal(before, await OfAppsAsync());
        Assert.Equal(2, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromDays(25)))).Attempts);
    }

    [Fact]
    public async Task Run_AnotherTagPromoted_AnswersItFromRollupsForAllRawDays()
    {
        await _stage.CommitAsync(
            new Attempt(_stage.Now.AddDays(-3)) { Cohort = "beta" },
            new Attempt(_stage.Now.AddDays(-3)) { Cohort = "stable" },
            new Attempt(_stage.Now.AddDays(-2)) { Cohort = "beta" });
        await _stage.FoldAsync();
        await _stage.PromoteAsync("region", _stage.Now.AddDays(-1));
        await _stage.PromoteAsync("cohort", _stage.Now.AddHours(-3));
        Assert.Equal("event", await SourceAsync());

        await RebuildAsync();

        Assert.Equal("fine_day", await SourceAsync());
        var groups = (await _stage.ReadAsync(_stage.Ask(TimeSpan.FromDays(4), by: "tag:cohort"))).Groups;
        Assert.Equal([("beta", 2), ("stable", 1)], groups.Select(group => (group.By["tag:cohort"], group.Points.Sum(point => point.Attempts))));
    }

    [Fact]
    public async Task LagClasses_InSql_AreThoseOfTheWriter()
    {
        foreach (var seconds in (int[])[-5, 0, 59, 60, 899, 900, 3599, 3600, 21_599, 21_600, 86_399, 86_400, 259_199, 259_200, 2_000_000])
            Assert.Equal(
                LagClass.Of(TimeSpan.FromSeconds(seconds)),
                await ScalarAsync<short>($"select synchealth.lag_class(interval '{seconds} seconds')"));
        Assert.Equal([0, 1, 2, 3, 4], LagClass.UpTo(TimeSpan.FromDays(1)).Select(lagClass => (int)lagClass));
    }

    private async Task<IReadOnlyList<string>> OfAppsAsync() =>
        [.. await Rollups.ReadAllAsync(_stage.DataSource, "notes"), .. await Rollups.ReadAllAsync(_stage.DataSource, "photos"), .. await OfDevicesAsync()];

    /// <summary>Days, releases and sets of devices, as stored and as counted, and the lags.</summary>
    private async Task<IReadOnlyList<string>> OfDevicesAsync()
    {
        var counted = new List<string>();
        foreach (var (step, by) in ((TimeSpan, string)[])[(TimeSpan.FromHours(1), "app_version"), (TimeSpan.FromDays(1), "app_version"), (TimeSpan.FromHours(1), "os"), (TimeSpan.FromHours(6), "network")])
            counted.AddRange((await _stage.ReadAsync(_stage.Ask(Over, step, by) with { Parts = VitalsParts.Devices })).Groups
                .SelectMany(group => group.Points.Select(point => $"{step} {group.By[by]} {point.At:O} {point.Devices}")));
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        var lags = await connection.QueryAsync<string>("select row_to_json(r)::text from synchealth.rollup_lag r order by 1");
        return [.. await Rollups.ReadDevicesAsync(_stage.DataSource, "notes", 0), .. counted, .. lags];
    }

    private Task<int> RebuildAsync() =>
        new RollupRebuild(_stage.DataSource, new StorageOptions(), _stage.Clock).RunAsync(null, TestContext.Current.CancellationToken);

    private Task<string> SourceAsync() => ScalarAsync<string>($$"""
        select source from synchealth.counted_range('notes', '{{_stage.Now.AddDays(-4):O}}', '{{_stage.Now:O}}', null, 'UTC', 'event', '{tag:cohort}', '{}', '{{_stage.Now:O}}')
        """);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
