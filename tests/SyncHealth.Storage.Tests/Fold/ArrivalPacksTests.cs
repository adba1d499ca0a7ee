using System.Text.Json;
using Dapper;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>What arrived counts the same, packed or not.</summary>
public sealed class ArrivalPacksTests : IAsyncLifetime
{
    private static readonly TimeSpan Over = TimeSpan.FromHours(44);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
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

    /// <summary>After two days arrivals stand under their hours, whether they were packed before or not.</summary>
    [Fact]
    public async Task Maintain_PackedHoursGrowOld_GoOverIntoHours()
    {
        await using var unpacked = await VitalsStage.CreateAsync();
        var attempts = SomeAttempts.Before(_stage.Now, seed: 33, 300, Over).Select((attempt, i) => attempt with { Id = i }).ToArray();
        foreach (var stage in new[] { _stage, unpacked })
        {
            await stage.CommitAsync(attempts);
            await stage.FoldAsync();
        }

        await PackAsync();
        foreach (var stage in new[] { _stage, unpacked })
        {
            stage.Clock.Advance(TimeSpan.FromDays(3));
            await stage.MaintainAsync();
        }

        Assert.Equal(0, await ScalarAsync<int>("select count(*) from synchealth.rollup_arrival_pack"));
        Assert.Equal(await Rollups.ReadAllAsync(unpacked.DataSource, "notes"), await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
    }

    [Fact]
    public async Task Unpack_EveryHour_LeavesTheRowsThatWere()
    {
        await _stage.CommitAsync(SomeAttempts.Before(_stage.Now, seed: 34, 300, Over));
        await _stage.FoldAsync();
        var folded = await Rollups.ReadAllAsync(_stage.DataSource, "notes");
        await PackAsync();
        Assert.NotEqual(folded, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));

        await ScalarAsync<string>("select synchealth.unpack_arrivals('2026-01-01', '2027-01-01')::text");

        Assert.Equal(folded, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
    }

    /// <summary>Now is 14:37: half an hour ago it was 14:07, so that 13:59 is packed and 14:00 is not.</summary>
    [Fact]
    public async Task Pack_HoursThatRulesLookAt_StayRows()
    {
        await _stage.CommitAsync(
            new Attempt(_stage.Now) { Received = _stage.Now },
            new Attempt(_stage.Now.AddHours(-9)) { Received = At(hour: 14, minute: 0) },
            new Attempt(_stage.Now.AddHours(-9)) { Received = At(hour: 13, minute: 59) });
        await _stage.FoldAsync();

        Assert.Equal(1, await PackAsync());

        Assert.Equal("13 {59}", await ScalarAsync<string>("select extract(hour from hour_at at time zone 'UTC') || ' ' || minutes::text from synchealth.rollup_arrival_pack"));
        Assert.Equal(2, await ScalarAsync<int>("select count(*) from synchealth.rollup_arrival"));
    }

    [Fact]
    public async Task Pack_OtherProcessFolds_LeavesItToTheNextRound()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now.AddHours(-12)) { Received = _stage.Now.AddHours(-12) });
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

    private async Task<string> AnswersAsync()
    {
        var answers = new List<object>();
        foreach (var (step, by) in new (TimeSpan?, string)[] { (null, "app_version,os,network"), (TimeSpan.FromMinutes(5), ""), (TimeSpan.FromHours(1), "network") })
            answers.Add(await _stage.ReadAsync(_stage.Ask(Over, step, by) with { Clock = VitalsClock.Arrival, Parts = VitalsParts.None }));
        return JsonSerializer.Serialize(answers);
    }

    private async Task<long> PackAsync()
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return await ArrivalPacks.PackAsync(connection, new StorageOptions(), leastRows: 1, _stage.Now, CancellationToken.None);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
