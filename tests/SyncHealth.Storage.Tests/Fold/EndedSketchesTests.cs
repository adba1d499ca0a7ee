using Dapper;
using Npgsql;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>Sketches of what is over become short, and count the same.</summary>
public sealed class EndedSketchesTests : IAsyncLifetime
{
    private const int Rounds = 5;
    private const int AttemptsPerRound = 40;

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

    /// <summary>Now is 14:37: the hour from 9 is over, and the day is not.</summary>
    [Fact]
    public async Task Compact_HoursAndMarginsThatAreOver_AreShortAndCountTheSame()
    {
        await FillAsync(At(hour: 9));
        var (before, answers) = (await Rollups.ReadAllAsync(_stage.DataSource, "notes"), await AnswersAsync());

        // The hour; its margins, and those of its first five minutes, of six dimensions or three.
        Assert.Equal(1 + 6 + 3, await CompactAsync());

        Assert.Equal(2 * AttemptsPerRound, await BytesAsync("rollup_hour"));
        Assert.Equal(2 * AttemptsPerRound, await BytesAsync("rollup_margin where grain < 3"));
        Assert.Equal(2 * AttemptsPerRound * Rounds, await BytesAsync("rollup_margin where grain = 3"));
        Assert.Equal(before, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
        Assert.Equal(answers, await AnswersAsync());
        Assert.Equal(0, await CompactAsync());
    }

    [Fact]
    public async Task Compact_DaysThatAreOver_AreShortAndCountTheSame()
    {
        await FillAsync(At(hour: 9));
        _stage.Clock.Advance(TimeSpan.FromHours(11));
        var before = await Rollups.ReadAllAsync(_stage.DataSource, "notes");

        // The hour ended sixteen hours ago. The day, and its margins.
        Assert.Equal(1 + 6, await CompactAsync());

        Assert.Equal(2 * AttemptsPerRound, await BytesAsync("rollup_fine_day"));
        Assert.Equal(2 * AttemptsPerRound, await BytesAsync("rollup_margin where grain = 3"));
        Assert.Equal(before, await Rollups.ReadAllAsync(_stage.DataSource, "notes"));
    }

    /// <summary>Now is 14:37.</summary>
    [Fact]
    public async Task Compact_HourUnderWay_IsLeft()
    {
        await FillAsync(At(hour: 14));
        await CompactAsync();
        Assert.Equal(2 * AttemptsPerRound * Rounds, await BytesAsync("rollup_hour"));
    }

    [Fact]
    public async Task Compact_WhatIsLateAfterIt_IsAppendedAndCounted()
    {
        await FillAsync(At(hour: 9));
        await CompactAsync();

        await _stage.CommitAsync(new Attempt(At(hour: 9)) { DurationMs = 1_000, Received = _stage.Now });
        await _stage.FoldAsync();
        Assert.Equal(0, await CompactAsync());

        Assert.Equal(2 * (AttemptsPerRound + 1), await BytesAsync("rollup_hour"));
        Assert.Equal((Rounds * AttemptsPerRound) + 1, await _connection.ExecuteScalarAsync<int>("select sum(count) from synchealth.rollup_hour cross join synchealth.duration_buckets(success_sketch)"));
    }

    [Fact]
    public async Task Compact_AnotherProcessFolds_LeavesItToTheNextRound()
    {
        await FillAsync(At(hour: 9));
        await using (var other = await _stage.DataSource.OpenConnectionAsync())
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await other.ExecuteAsync("select pg_advisory_xact_lock(@Key)", new { Key = FoldLoop.LockKey }, transaction);
            Assert.Equal(0, await CompactAsync());
        }

        Assert.Equal(10, await CompactAsync());
    }

    /// <summary>The same durations in each fold, each of a bucket of its own.</summary>
    private async Task FillAsync(DateTimeOffset at)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await _stage.CommitAsync(Enumerable.Range(0, AttemptsPerRound).Select(i => new Attempt(at) { DurationMs = (int)DurationSketch.UpperBoundOf(300 + i) }));
            await _stage.FoldAsync();
        }
    }

    private Task<int> CompactAsync() => EndedSketches.CompactAsync(_connection, _stage.Now, CancellationToken.None);

    /// <summary>Bytes of the success sketches of every row, all of one length.</summary>
    private async Task<int> BytesAsync(string rows) =>
        Assert.Single(await _connection.QueryAsync<int>($"select distinct octet_length(success_sketch) from synchealth.{rows}"));

    private async Task<string> AnswersAsync()
    {
        var question = _stage.Ask(TimeSpan.FromHours(24), TimeSpan.FromHours(1), "network");
        return string.Join('\n', BruteForce.Lines(await _stage.ReadAsync(question), question));
    }

    private DateTimeOffset At(int hour) => new(_stage.Now.Year, _stage.Now.Month, _stage.Now.Day, hour, 0, 0, TimeSpan.Zero);
}
