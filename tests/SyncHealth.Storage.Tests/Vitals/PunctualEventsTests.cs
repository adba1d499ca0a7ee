using Dapper;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Raw events of a part of an hour are found by their arrival where they are punctual, by an index where they are not: each of them once.</summary>
public sealed class PunctualEventsTests : IAsyncLifetime
{
    /// <summary>On both sides of two minutes and of fifteen, early and late.</summary>
    private static readonly int[] LagMillis =
    [
        -3_540_000, -900_001, -120_001, -120_000, -119_999, -1, 0, 1, 119_999, 120_000, 120_001, 899_999, 900_000, 900_001, 7_200_000,
    ];

    private VitalsStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await VitalsStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task EventsIn_AnyPartOfAnHourAndAnyLag_AreThoseOfTheRange()
    {
        var random = new Random(20261127);
        var start = _stage.Now.AddHours(-6);
        await _stage.CommitAsync(Enumerable.Range(0, 600).Select(n =>
        {
            var at = start.AddMilliseconds(random.Next(7_200_000));
            return new Attempt(at) { Device = n, Received = at.AddMilliseconds(LagMillis[n % LagMillis.Length]), ClockOff = n % 20 == 0 ? TimeSpan.FromHours(5) : TimeSpan.Zero };
        }));
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var found = 0L;

        for (var part = 0; part < 200; part++)
        {
            var lo = start.AddMilliseconds(random.Next(7_200_000));
            var range = new { lo = lo.UtcDateTime, hi = lo.AddMilliseconds(random.Next(1, part % 2 == 0 ? 300_000 : 7_200_000)).UtcDateTime };
            var (differing, all) = await connection.QuerySingleAsync<(long, long)>("""
                with found as materialized (select device_key, event_hash from synchealth.events_in('event', @lo, @hi)),
                range as materialized (select device_key, event_hash from synchealth.event where event_at >= @lo and event_at < @hi)
                select (select count(*) from ((table found except all table range) union all (table range except all table found)) x), (select count(*) from range)
                """, range);

            Assert.Equal(0, differing);
            found += all;
        }

        Assert.True(found > 5_000, $"The parts held {found} events: too few to compare.");
    }

    [Fact]
    public async Task EventsIn_PartOfAnHour_ReadsArrivalsOfTwoMinutesMoreAndTheIndexOfOthers()
    {
        await using var connection = await _stage.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("set enable_seqscan = off");

        var plan = string.Join('\n', await connection.QueryAsync<string>("explain select count(*) from synchealth.events_in('event', '2026-03-04 14:00Z', '2026-03-04 14:05Z')"));

        Assert.Contains("received_at <= ('2026-03-04 14:05:00+00'::timestamp with time zone + '00:02:00'::interval)", plan);
        Assert.Contains("event_at_idx", plan);
        Assert.DoesNotContain("01:00:00", plan);
    }
}
