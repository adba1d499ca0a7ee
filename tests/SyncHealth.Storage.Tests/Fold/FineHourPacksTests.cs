using System.Text.Json;
using Dapper;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>Fine hours count the same, packed or not.</summary>
public sealed class FineHourPacksTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = new(days: 5, hours: 3, minutes: 10, seconds: 0);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        await _stage.PromoteAsync("cohort", _stage.Now.AddDays(-60));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(71)]
    [InlineData(72)]
    public async Task Pack_BetweenFolds_LeavesEveryAnswer(int seed)
    {
        var answers = "";
        foreach (var part in SomeAttempts.Before(_stage.Now, seed, 300, Over).Chunk(100))
        {
            await _stage.CommitAsync(part);
            answers = await AnswersAsync();
            await _stage.FoldAsync();

            Assert.InRange(await PackAsync(Packing.Everything), 1, long.MaxValue);

            Assert.Equal(answers, await AnswersAsync());
        }
    }

    /// <summary>Now is 14:37: three hours ago it was 11:37, so that 10:59 is packed and 11:00 is not.</summary>
    [Fact]
    public async Task Pack_HoursThatAreWrittenYet_StayRows()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now), new Attempt(At(hour: 11, minute: 0)), new Attempt(At(hour: 10, minute: 59)), new Attempt(At(hour: 0, minute: 0)) { Type = Contracts.SyncType.Full });
        await _stage.FoldAsync();

        Assert.Equal(2, await PackAsync(Packing.Everything));

        Assert.Equal("04 {0,10}", await ScalarAsync<string>("select to_char(day_at at time zone 'UTC', 'DD ') || hours::text from synchealth.rollup_fine_hour_pack"));
        Assert.Equal(2, await ScalarAsync<int>("select count(*) from synchealth.rollup_fine_hour"));
    }

    /// <summary>What is late stands in rows beside the pack until it is worth writing the day anew.</summary>
    [Fact]
    public async Task Pack_LateEvents_WaitUntilTheyAreAShareOfThePack()
    {
        var rule = PackRule.Default with { LeastRows = 1, LeastClosedRows = 1, ClosedAfter = TimeSpan.FromDays(3) };
        await _stage.CommitAsync(Enumerable.Range(0, 16).Select(hour => new Attempt(At(hour, minute: 0).AddDays(-1))));
        await _stage.FoldAsync();
        Assert.Equal(16, await PackAsync(rule));

        await CommitLateAsync(hour: 0);
        Assert.Equal(0, await PackAsync(rule));
        await CommitLateAsync(hour: 20);
        Assert.Equal(2, await PackAsync(rule));

        Assert.Equal("17 18", await ScalarAsync<string>("select concat_ws(' ', cells, (select sum(a) from unnest(attempts) a)) from synchealth.rollup_fine_hour_pack"));

        async Task CommitLateAsync(int hour)
        {
            await _stage.CommitAsync(new Attempt(At(hour, minute: 0).AddDays(-1)) { Received = _stage.Now });
            await _stage.FoldAsync();
        }
    }

    [Fact]
    public async Task Pack_OtherProcessFolds_LeavesItToTheNextRound()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now.AddDays(-2)));
        await _stage.FoldAsync();
        await using (var connection = await _stage.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("select pg_advisory_lock(x'53796E63466F6C64'::bigint)");
            Assert.Equal(0, await PackAsync(Packing.Everything));
            await connection.ExecuteAsync("select pg_advisory_unlock_all()");
        }

        Assert.Equal(1, await PackAsync(Packing.Everything));
    }

    private DateTimeOffset At(int hour, int minute) => new(_stage.Now.Year, _stage.Now.Month, _stage.Now.Day, hour, minute, 0, TimeSpan.Zero);

    /// <summary>Every way in which fine hours are read: whole days with hours at their edges, hours as steps, filters, and the promoted tag.</summary>
    private async Task<string> AnswersAsync()
    {
        var answers = new List<object>();
        foreach (var (step, by) in new (TimeSpan?, string)[]
        {
            (null, "os_version,type"), (TimeSpan.FromDays(1), "type,trigger,app_version"), (TimeSpan.FromHours(1), "os,trigger"), (TimeSpan.FromHours(6), "tag:cohort,type"), (null, "tag:cohort"),
        })
            answers.Add(await _stage.ReadAsync(_stage.Ask(Over, step, by) with { Parts = VitalsParts.None }));
        answers.Add(await _stage.ReadAsync(_stage.Ask(Over, TimeSpan.FromHours(1), "type", new DimensionFilter("app_version", "2.4.1"), new DimensionFilter("trigger", "scheduled")) with { Parts = VitalsParts.None }));
        return JsonSerializer.Serialize(answers);
    }

    private async Task<long> PackAsync(PackRule rule)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return await FineHourPacks.PackAsync(connection, rule, _stage.Now, CancellationToken.None);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
