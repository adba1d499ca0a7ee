using System.Text.Json;
using Dapper;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>Minutes count the same, packed or not.</summary>
public sealed class MinutePacksTests : IAsyncLifetime
{
    /// <summary>From 18:57 on, in no multiple of five minutes: the first edge of a range lies in packs.</summary>
    private static readonly TimeSpan Over = new(hours: 43, minutes: 40, seconds: 20);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    public async Task Pack_BetweenFolds_LeavesEveryAnswer(int seed)
    {
        var answers = "";
        foreach (var part in SomeAttempts.Before(_stage.Now, seed, 300, Over).Chunk(100))
        {
            await _stage.CommitAsync(part);
            answers = await AnswersAsync();
            await _stage.FoldAsync();

            Assert.InRange(await PackAsync(), 1, long.MaxValue);

            Assert.Equal(answers, await AnswersAsync());
        }
    }

    /// <summary>The view is on the database's clock.</summary>
    [Fact]
    public async Task Pack_ViewForPeople_HoldsTheSameMinutes()
    {
        await using var stage = await VitalsStage.CreateAsync(TimeProvider.System.GetUtcNow());
        await stage.CommitAsync(SomeAttempts.Before(stage.Now.AddHours(-3), seed: 63, 200, TimeSpan.FromHours(24)));
        await stage.FoldAsync();
        var metrics = await MetricsAsync(stage);

        Assert.InRange(await PackAsync(stage), 1, long.MaxValue);

        Assert.Equal(metrics, await MetricsAsync(stage));
    }

    /// <summary>Now is 14:37: half an hour ago it was 14:07, so that 14:06 is packed and 14:07 is not.</summary>
    [Fact]
    public async Task Pack_MinutesThatRulesLookAt_StayRows()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now), new Attempt(At(hour: 14, minute: 7)), new Attempt(At(hour: 14, minute: 6)));
        await _stage.FoldAsync();

        Assert.Equal(1, await PackAsync());

        Assert.Equal("14:06", await ScalarAsync<string>("select to_char(bucket_at at time zone 'UTC', 'HH24:MI') from synchealth.rollup_minute_pack"));
        Assert.Equal(2, await ScalarAsync<int>("select count(*) from synchealth.rollup_minute"));
    }

    /// <summary>The hour is packed again with what followed; what was packed of it stays, and what is young stays rows.</summary>
    [Fact]
    public async Task Pack_HourUnderWay_TakesWhatFollowsToIt()
    {
        await _stage.CommitAsync(new Attempt(At(hour: 14, minute: 0)), new Attempt(At(hour: 14, minute: 20)));
        await _stage.FoldAsync();
        Assert.Equal(1, await PackAsync());
        await _stage.CommitAsync(new Attempt(At(hour: 14, minute: 0)), new Attempt(At(hour: 14, minute: 6)));
        await _stage.FoldAsync();

        Assert.Equal(2, await PackAsync());

        Assert.Equal("14:00 2, 14:06 1", await ScalarAsync<string>(
            "select string_agg(to_char(bucket_at at time zone 'UTC', 'HH24:MI ') || attempts[1], ', ' order by bucket_at) from synchealth.rollup_minute_pack"));
        Assert.Equal(1, await ScalarAsync<int>("select count(*) from synchealth.rollup_minute"));
        Assert.Equal(4, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(6)))).Attempts);
    }

    [Fact]
    public async Task Pack_SeveralApps_StandInPacksOfTheirOwn()
    {
        var minute = At(hour: 9, minute: 0);
        await _stage.CommitAsync(
            new Attempt(minute), new Attempt(minute) { App = "mail" }, new Attempt(minute) { Os = "ios" }, new Attempt(minute) { App = "mail", Os = "ios", Network = "cellular" },
            new Attempt(minute) { Network = "none" });
        await _stage.FoldAsync();

        Assert.Equal(5, await PackAsync());

        Assert.Equal("2 3", await ScalarAsync<string>("select string_agg(segments::text, ' ' order by segments) from synchealth.rollup_minute_pack"));
        Assert.Equal(3, (await _stage.ReadOneAsync(_stage.Ask(_stage.Now - minute))).Attempts);
    }

    /// <summary>What is late stands in a row beside the pack until it is worth writing the hour anew.</summary>
    [Fact]
    public async Task Pack_LateEvents_WaitUntilTheyAreAShareOfThePacks()
    {
        var rule = PackRule.Default with { LeastRows = 1, ClosedAfter = TimeSpan.FromHours(24) };
        await _stage.CommitAsync(Enumerable.Range(0, 16).Select(i => new Attempt(At(hour: 9, minute: i))));
        await _stage.FoldAsync();
        Assert.Equal(16, await PackAsync(_stage, rule));

        await CommitLateAsync(minute: 0);
        Assert.Equal(0, await PackAsync(_stage, rule));
        await CommitLateAsync(minute: 59);
        Assert.Equal(2, await PackAsync(_stage, rule));

        Assert.Equal("17 18", await ScalarAsync<string>("select concat_ws(' ', count(*), sum(attempts[1])) from synchealth.rollup_minute_pack"));
        Assert.Equal(18, (await _stage.ReadOneAsync(_stage.Ask(TimeSpan.FromHours(6)))).Attempts);

        async Task CommitLateAsync(int minute)
        {
            await _stage.CommitAsync(new Attempt(At(hour: 9, minute)) { Received = _stage.Now });
            await _stage.FoldAsync();
        }
    }

    /// <summary>A pack of one segment takes more than its row, also of hours that are long over.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Pack_FewMinutesOfAnHour_StayRows(int hoursAgo)
    {
        await _stage.CommitAsync(Enumerable.Range(0, 20).Select(i => new Attempt(_stage.Now.AddHours(-hoursAgo).AddMinutes(i))));
        await _stage.FoldAsync();

        Assert.Equal(0, await PackAsync(_stage, PackRule.Default));
    }

    /// <summary>What comes late to a busy minute is joined with its sketch each time.</summary>
    [Fact]
    public async Task Pack_SketchThatGrew_IsWrittenInItsShortestForm()
    {
        await _stage.CommitAsync(new Attempt(At(hour: 9, minute: 0)));
        await _stage.FoldAsync();
        await ScalarAsync<string>("""
            update synchealth.rollup_minute set attempts = 4000, successes = 4000, success_sketch = (
                select string_agg(synchealth.duration_unit(100 + i % 50), ''::bytea) from generate_series(1, 4000) i)
            returning ''
            """);

        Assert.Equal(1, await PackAsync());

        Assert.Equal("true 4000", await ScalarAsync<string>("""
            select (octet_length(p.success_sketches[1]) < 6000) || ' ' || (select sum(b.count) from synchealth.duration_buckets(p.success_sketches[1]) b)
            from synchealth.rollup_minute_pack p
            """));
    }

    [Fact]
    public async Task Maintain_MinutesAreNoLongerKept_PrunesPacks()
    {
        await _stage.CommitAsync(SomeAttempts.Before(_stage.Now, seed: 64, 100, Over));
        await _stage.FoldAsync();
        await PackAsync();

        _stage.Clock.Advance(TimeSpan.FromDays(3));
        await _stage.MaintainAsync();

        Assert.Equal(0, await ScalarAsync<int>("select count(*) from synchealth.rollup_minute_pack"));
    }

    [Fact]
    public async Task Pack_OtherProcessFolds_LeavesItToTheNextRound()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now.AddHours(-12)));
        await _stage.FoldAsync();
        await using (var connection = await _stage.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("select pg_advisory_lock(x'53796E63466F6C64'::bigint)");
            Assert.Equal(0, await PackAsync());
            await connection.ExecuteAsync("select pg_advisory_unlock_all()");
        }

        Assert.Equal(1, await PackAsync());
    }

    private DateTimeOffset At(int hour, int minute) => new(_stage.Now.Year, _stage.Now.Month, _stage.Now.Day, hour, minute, 0, TimeSpan.Zero);

    /// <summary>Every way in which minutes are read: the edges of margins and of core rows, minutes as steps, and rules.</summary>
    private async Task<string> AnswersAsync()
    {
        var answers = new List<object>();
        foreach (var (step, by) in new (TimeSpan?, string)[]
        {
            (null, "app_version"), (null, "app_version,os,network"), (TimeSpan.FromMinutes(1), "os"), (TimeSpan.FromMinutes(5), ""), (TimeSpan.FromMinutes(7), "os,network"),
            (TimeSpan.FromHours(1), "network"), (TimeSpan.FromHours(1), "os,network"),
        })
            answers.Add(await _stage.ReadAsync(_stage.Ask(Over, step, by) with { Parts = VitalsParts.None }));
        answers.Add(await ScalarAsync<string>("""
            select string_agg(concat_ws('|', group_key, attempts, successes, first_try, over_60s, conflicts, conflicted, devices, synchealth.sketch_percentiles(durations, '{0.5,0.9,0.99}')), ' ' order by group_key)
            from synchealth.rule_counts('notes', '2026-03-04 02:00Z', '2026-03-04 14:00Z', 'event', '{app_version,network}', '{environment:production}', '{}', '2026-03-04 14:37Z')
            """));
        return JsonSerializer.Serialize(answers);
    }

    private static async Task<string> MetricsAsync(VitalsStage stage)
    {
        await using var connection = await stage.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<string>("""
            select string_agg(m::text, ' ' order by m.timestamp, m.app_version, m.os, m.network) from synchealth.sync_metrics m
            """))!;
    }

    private Task<long> PackAsync() => PackAsync(_stage);

    private static Task<long> PackAsync(VitalsStage stage) => PackAsync(stage, Packing.Everything);

    private static async Task<long> PackAsync(VitalsStage stage, PackRule rule)
    {
        await using var connection = await stage.DataSource.OpenConnectionAsync();
        return await MinutePacks.PackAsync(connection, new StorageOptions(), rule, stage.Now, CancellationToken.None);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
