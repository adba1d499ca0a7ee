using Dapper;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>The devices of a part of an hour come from raw events: from all of it, or of the few devices that the hour's sets know, which must be the same.</summary>
public sealed class EdgeDevicesTests : IAsyncLifetime
{
    /// <summary>More than are asked for one by one.</summary>
    private const int Many = 1_001;

    private static readonly TimeSpan Over = TimeSpan.FromDays(2);

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Few_AnyEdgeInAnyStateOfTheFold_AreThoseOfAllRawEvents()
    {
        var attempts = SomeAttempts.Before(_stage.Now, seed: 20261127, 900, Over);
        await _stage.CommitAsync(attempts.Take(400));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();
        await _stage.CommitAsync(attempts.Skip(400).Take(300));
        await _stage.FoldAsync();
        await _stage.CommitAsync(attempts.Skip(700));
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var random = new Random(20261127);
        var found = 0L;

        for (var edge = 0; edge < 200; edge++)
        {
            var lo = _stage.Now - (random.NextDouble() * Over);
            var (differing, rows) = await connection.QuerySingleAsync<(long, long)>("""
                with cores as (select array_agg(core_id) as ids from synchealth.core_groups('notes', '{}', '{}')),
                few as materialized (select distinct d.* from cores c cross join lateral synchealth.raw_devices_of_few(c.ids, @lo, @hi, @step::interval, 'UTC', @lo) d),
                raw as materialized (select d.* from cores c cross join lateral synchealth.raw_devices(c.ids, @lo, @hi, 'event', @step::interval, 'UTC', @lo) d)
                select (select count(*) from ((table few except all table raw) union all (table raw except all table few)) x), (select count(*) from raw)
                """, new { lo = lo.UtcDateTime, hi = lo.AddMinutes(random.Next(1, 119)).UtcDateTime, step = edge % 3 == 0 ? (TimeSpan?)null : TimeSpan.FromMinutes(random.Next(5, 90)) });

            Assert.Equal(0, differing);
            found += rows;
        }

        Assert.True(found > 1_000, $"The edges held {found} devices: too few to compare.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Few_MoreThanAreAskedForOneByOne_AreNotTold(bool isPacked)
    {
        var hour = new DateTimeOffset(2026, 3, 4, isPacked ? 9 : 14, 5, 0, TimeSpan.Zero);
        // Keys are hashes, by which more than a thousand are counted.
        var random = new Random(20261127);
        await _stage.CommitAsync(Enumerable.Range(0, Many).Select(_ => new Attempt(hour) { Device = random.NextInt64(long.MinValue, long.MaxValue) }));
        await _stage.FoldAsync();
        await _stage.MaintainAsync();

        var query = _stage.Ask(TimeSpan.FromHours(12)) with { From = hour.AddMinutes(-2), To = hour.AddMinutes(2) };

        Assert.False(await HasFewAsync(query.From, query.To));
        Assert.Equal(isPacked, await HasFewAsync(query.From.AddHours(-3), query.To.AddHours(-3)));
        Assert.InRange((await _stage.ReadOneAsync(query)).Devices!.Value, (long)(Many * 0.95), (long)(Many * 1.05));
    }

    private async Task<bool> HasFewAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<bool>("""
            select synchealth.has_few_devices(
                (select app_id from synchealth.app where name = 'notes'), (select array_agg(core_id) from synchealth.core_groups('notes', '{}', '{}')),
                synchealth.floor_to('1 hour', @from::timestamptz), @to)
            """, new { from = from.UtcDateTime, to = to.UtcDateTime });
    }
}
