using Dapper;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Failures and conflicts of a part of an hour are found by their segments, and are those of all raw events.</summary>
public sealed class EdgeFailuresTests : IAsyncLifetime
{
    private const int Seed = 20261127;
    private const int Edges = 100;

    /// <summary>Enough that no random fleet has so few by chance.</summary>
    private const int WorthComparing = 100;

    private static readonly TimeSpan Over = TimeSpan.FromDays(2);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await VitalsStage.CreateAsync();
        await _stage.CommitAsync(SomeAttempts.Before(_stage.Now, Seed, 1_200, Over));
        await _stage.CommitAsync(SomeAttempts.Before(_stage.Now, Seed + 1, 300, Over).Select(attempt => attempt with { App = "other", Device = attempt.Device + 1_000_000 }));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("event")]
    [InlineData("arrival")]
    public Task Failures_AnyPartOfAnHour_AreThoseOfAllRawEvents(string clock) => CompareAsync(clock, """
        with asked as (select array_agg(segment_id) as ids from synchealth.segment_groups('notes', '{}', '{}')),
        found as materialized (select f.* from asked a cross join lateral synchealth.failures_in(a.ids, @clock, @lo, @hi) f),
        raw as materialized (
            select e.segment_id, e.profile_id, e.outcome, e.error_id, e.event_at, e.received_at
            from synchealth.events_in(@clock, @lo, @hi) e, asked a where e.outcome in (3, 4) and e.segment_id = any (a.ids))
        select (select count(*) from ((table found except all table raw) union all (table raw except all table found)) x), (select count(*) from raw)
        """);

    [Theory]
    [InlineData("event")]
    [InlineData("arrival")]
    public Task Conflicts_AnyPartOfAnHour_AreThoseOfAllRawEvents(string clock) => CompareAsync(clock, """
        with asked as (select array_agg(segment_id) as ids from synchealth.segment_groups('notes', '{}', '{}')),
        found as materialized (
            select f.segment_id, f.profile_id, f.outcome, f.error_id, f.at, f.conflict_count, f.conflicts, sum(f.attempts) as attempts
            from asked a cross join lateral synchealth.conflicted_in(a.ids, @clock, @lo, @hi, interval '10 minutes', 'UTC', @lo) f
            group by 1, 2, 3, 4, 5, 6, 7),
        raw as materialized (
            select e.segment_id, e.profile_id, e.outcome, e.error_id,
                synchealth.point_of(case @clock when 'arrival' then e.received_at else e.event_at end, interval '10 minutes', 'UTC', @lo) as at,
                e.conflict_count, e.conflicts, count(*)::numeric as attempts
            from synchealth.events_in(@clock, @lo, @hi) e, asked a
            where (e.conflict_count > 0 or e.conflicts is not null) and e.segment_id = any (a.ids)
            group by 1, 2, 3, 4, 5, 6, 7)
        select (select count(*) from ((table found except all table raw) union all (table raw except all table found)) x), (select sum(attempts) from raw)::bigint
        """);

    /// <param name="clock">Of the question.</param>
    /// <param name="sql">How many rows of two ways to read an edge differ, and how many events it has.</param>
    private async Task CompareAsync(string clock, string sql)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var random = new Random(Seed);
        var found = 0L;
        for (var edge = 0; edge < Edges; edge++)
        {
            var lo = _stage.Now - (random.NextDouble() * Over);
            // Up to the whole hour that an edge may be, and beyond, where the raw events are read as ever.
            var hi = lo.AddMinutes(random.Next(0, 90));
            var (differing, events) = await connection.QuerySingleAsync<(long, long?)>(sql, new { clock, lo = lo.UtcDateTime, hi = hi.UtcDateTime });

            Assert.Equal(0, differing);
            found += events ?? 0;
        }

        Assert.True(found > WorthComparing, $"The edges held {found} events: too few to compare.");
    }
}
