using Dapper;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>What was written on devices, beside what they pushed.</summary>
public sealed class ThroughputTests : IAsyncLifetime
{
    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync(new DateTimeOffset(2026, 3, 4, 15, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Written_ByStep_StandsBesideWhatWasPushed()
    {
        // 15:00 to 15:20 by five minutes; a snapshot at each end.
        var start = _stage.Now;
        await _stage.CommitAsync(new Attempt(start.AddMinutes(-1)) { Device = 1, Queue = 4 }, new Attempt(start.AddMinutes(-1)) { Device = 2, Queue = 10 });
        await _stage.SnapshotAsync();
        await NextAsync(new Attempt(start.AddMinutes(2)) { Device = 1, Queue = 6, Pushed = 3 });
        await NextAsync(new Attempt(start.AddMinutes(7)) { Device = 2, Queue = 0, Pushed = 10 });
        await NextAsync(new Attempt(start.AddMinutes(12)) { Device = 2, Queue = 0 });
        await _stage.CommitAsync(new Attempt(start.AddMinutes(17)) { Device = 1, Queue = 0, Pushed = 1 });
        _stage.Clock.Advance(TimeSpan.FromMinutes(5));
        var query = _stage.Ask(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(5));

        var points = Assert.Single((await _stage.ReadAsync(query)).Groups).Points;
        var whole = Assert.Single((await _stage.ReadAsync(query with { Step = null })).Groups).Points.Single();
        var inSql = await WrittenInSqlAsync(start, "5 minutes");

        // The last one pushed 1 of 6 and has none left: 5 were discarded, and nothing is written.
        Assert.Equal([(3L, 5L), (10, 0), (0, 0), (1, 0)], points.Select(point => (point.Pushed, point.Written!.Value)));
        Assert.Equal((14, 0), (whole.Pushed, whole.Written));
        Assert.Equal(points.Select(point => (long?)point.Written), inSql);
        Assert.Equal([0L], await WrittenInSqlAsync(start, null));

        async Task NextAsync(Attempt attempt)
        {
            await _stage.CommitAsync(attempt);
            _stage.Clock.Advance(TimeSpan.FromMinutes(5));
            await _stage.SnapshotAsync();
        }
    }

    [Fact]
    public async Task Written_WhereTheFleetIsNotKnown_IsUnknown()
    {
        await _stage.CommitAsync(new Attempt(_stage.Now.AddMinutes(-3)) { Queue = 4, Pushed = 2 });
        var ask = _stage.Ask(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(5));

        foreach (var query in new[] { ask, ask with { Clock = VitalsClock.Arrival }, ask with { Step = TimeSpan.FromMinutes(1) }, ask with { By = ["outcome"] } })
            Assert.All((await _stage.ReadAsync(query)).Groups.SelectMany(group => group.Points), point => Assert.Null(point.Written));
        Assert.All(await WrittenInSqlAsync(_stage.Now.AddMinutes(-20), "5 minutes"), Assert.Null);
    }

    private async Task<IEnumerable<long?>> WrittenInSqlAsync(DateTimeOffset from, string? step)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync();
        return await connection.QueryAsync<long?>(
            "select written from synchealth.throughput('notes', @from, @to, @step::interval, now_at => @to)",
            new { from = from.UtcDateTime, to = _stage.Now.UtcDateTime, step });
    }
}
