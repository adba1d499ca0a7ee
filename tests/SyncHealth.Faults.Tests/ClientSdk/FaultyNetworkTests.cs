using Dapper;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>B1: the real SDK against the real edge over networks that break in every way, one seed a schedule.</summary>
public sealed class FaultyNetworkTests : IAsyncLifetime
{
    private const int Events = 30;
    private const int AtATime = 8;

    private static readonly FaultKind[] Kinds =
        [FaultKind.Delay, FaultKind.Stall, FaultKind.Reset, FaultKind.CloseHalf, FaultKind.Truncate, FaultKind.DuplicateRequest, FaultKind.Answer];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private TestDatabase _database = null!;
    private IngestStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await IngestStage.CreateKeyAsync(_database.DataSource);
        _stage = await IngestStage.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Schedules_Random_EveryEventIsCountedOnceAfterTheyHeal()
    {
        var goal = new Goal("B1");
        var schedules = FaultScale.Of(test: 40, faults: 500, deep: 20_000);
        var faults = new FaultCounters();
        var replayed = 0;
        var keys = new long[schedules];
        await Parallel.ForEachAsync(Enumerable.Range(0, schedules), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (schedule, _) =>
        {
            await using var device = new SdkDevice((FaultScale.Seed * 1_000_000) + schedule, _stage.Port);
            keys[schedule] = device.Key;
            Interlocked.Add(ref replayed, await LiveAsync(device));
            foreach (var kind in Kinds)
                faults.Count(kind, device.Faults[kind]);
            goal.Step(schedules);
        });

        var counts = await CountsAsync();
        Assert.Equal(schedules, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Equal((long)Events, counts.GetValueOrDefault(key)));
        faults.Require(FaultCounters.Least, Kinds);
        goal.Reached($"{schedules} schedules ({faults}), {replayed} requests held and replayed at the end, {schedules * Events} events counted once each");
    }

    /// <summary>Records and sends over the faulty network, heals it, sends the rest, and lets every request arrive once more.</summary>
    private async Task<int> LiveAsync(SdkDevice device)
    {
        await using (var telemetry = device.Start())
        {
            for (var i = 0; i < Events; i++)
            {
                SdkDevice.Record(telemetry, 1);
                await telemetry.FlushAsync();
            }

            device.Heal();
            var start = TimeProvider.System.GetTimestamp();
            while (!await telemetry.FlushAsync())
            {
                Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"still not sent: {telemetry.Status}");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }

            Assert.Equal((Events, Events, 0), (telemetry.Status.Issued, telemetry.Status.Sent, telemetry.Status.Queued));
        }

        return await device.ReplayAsync(_stage.Http);
    }

    private async Task<Dictionary<long, long>> CountsAsync()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<(long Device, long Count)>("select device_key, count(*) from synchealth.event group by device_key")).ToDictionary(row => row.Device, row => row.Count);
    }
}
