using Dapper;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>Arrivals live by the minute for 48 hours, then by the hour; what is asked of them does not notice.</summary>
public sealed class ArrivalFoldTests : IAsyncLifetime
{
    private const string MinutesLeft = "select count(*) from synchealth.rollup_arrival where date_part('minute', arrival_at at time zone 'UTC') <> 0";

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Maintain_ArrivalsOlderThanMinutesAreKept_BecomeHoursWithTheSameNumbers(int seed)
    {
        var start = _stage.Now;
        var attempts = SomeAttempts.Before(start, seed, 200, TimeSpan.FromHours(6));
        await _stage.CommitAsync(attempts);
        await _stage.FoldAsync();
        var before = await HoursAsync(start);
        Assert.NotEqual(0, await ScalarAsync(MinutesLeft));

        _stage.Clock.Advance(TimeSpan.FromDays(3));
        await _stage.MaintainAsync();

        Assert.Equal(0, await ScalarAsync(MinutesLeft));
        Assert.Equal(before, await HoursAsync(start));
        Assert.Equal(attempts.Count(attempt => attempt.IsAttempt), await ScalarAsync("select sum(attempts) from synchealth.rollup_arrival"));
    }

    [Fact]
    public async Task Maintain_ArrivalsStillAskedByTheMinute_StayMinutes()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now.AddMinutes(-1)), new Attempt(_stage.Now.AddMinutes(-2)));
        await _stage.FoldAsync();
        _stage.Clock.Advance(TimeSpan.FromHours(47));
        await _stage.MaintainAsync();
        Assert.Equal(2, await ScalarAsync(MinutesLeft));
    }

    /// <summary>The fold stood still for days, or a rebuild makes old arrivals once more.</summary>
    [Fact]
    public async Task Fold_ArrivalsThatAreOldAlready_AreWrittenAsHours()
    {
        var start = _stage.Now;
        await _stage.CommitAsync(new Attempt(start.AddMinutes(-1)), new Attempt(start.AddMinutes(-2)), new Attempt(start.AddMinutes(-50)));
        _stage.Clock.Advance(TimeSpan.FromDays(3));
        await _stage.FoldAsync();
        Assert.Equal((0, 2), (await ScalarAsync(MinutesLeft), await ScalarAsync("select count(*) from synchealth.rollup_arrival")));
    }

    /// <summary>Every hour's numbers by arrival, as read at the clock's present moment.</summary>
    private async Task<IReadOnlyList<string>> HoursAsync(DateTimeOffset to)
    {
        var question = _stage.Ask(TimeSpan.Zero, TimeSpan.FromHours(1), "app_version,network") with
        {
            From = to.AddHours(-8), To = to.AddHours(1), Clock = VitalsClock.Arrival, Parts = VitalsParts.None,
        };
        return [.. (await _stage.ReadAsync(question)).Groups.SelectMany(group => group.Points.Select(point => string.Join(' ', [
            .. group.By.Values, $"{point.At:O} {point.Attempts} {point.Successes} {point.FirstTryRate} {point.Failures} {point.DurationMs} {point.SuccessDurationMs} {point.Over60s}",
            $"{point.ConflictRate} {string.Join(',', point.Conflicts.OrderBy(pair => pair.Key))} {point.Pushed} {point.BytesUp}"])))];
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
