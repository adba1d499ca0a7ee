using System.Net;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using Xunit;

namespace SyncHealth.Faults.Tests.Durability;

/// <summary>A2: the ingest process is killed at any moment of its work.</summary>
public sealed class IngestKillTests : IAsyncLifetime
{
    private const int Workers = 4;
    private const int BatchSize = 25;
    private const int MinEventsPerSecond = 500;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Kill_UnderLoad_NoAcknowledgedEventIsLostOrDoubled()
    {
        var goal = new Goal("A2");
        var random = new Random(FaultScale.Seed);
        var kills = FaultScale.Of(test: 4, faults: 60, deep: 500);
        var ledger = new Ledger("oracle", TimeProvider.System.GetUtcNow());
        await using var ingest = new IngestProcess(_database.ConnectionString);
        var sender = new OracleSender(ingest.Http, IngestStage.Key, ledger);
        var slowestStart = await ingest.StartAsync();
        var working = TimeSpan.Zero;
        var faults = new FaultCounters();

        using var stop = new CancellationTokenSource();
        var load = sender.RunAsync(Workers, BatchSize, stop.Token);
        for (var kill = 0; kill < kills; kill++)
        {
            // Killed after a random amount of work, so that no phase of a request is spared.
            var start = TimeProvider.System.GetTimestamp();
            await ledger.WhenAcknowledgedAsync(random.Next(500, 2_000)).WaitAsync(Patience);
            working += TimeProvider.System.GetElapsedTime(start);
            var unanswered = sender.Unanswered;
            await ingest.KillHardAsync();
            slowestStart = Max(slowestStart, await ingest.StartAsync());
            if (sender.Unanswered > unanswered)
                faults.Count(FaultKind.KillIngest);
        }

        var rate = ledger.Acknowledged / working.TotalSeconds;
        await stop.CancelAsync();
        await load;
        await sender.DrainAsync(Patience);
        Assert.True(await sender.SendNewAsync(BatchSize, CancellationToken.None));

        Assert.Equal(OracleVerdict.Sound, await OracleJudge.JudgeAsync(ledger, _database.DataSource));
        Assert.Equal([HttpStatusCode.OK], sender.Answers.Keys);
        faults.Require(Math.Min(kills, FaultCounters.Least), FaultKind.KillIngest);
        if (FaultScale.HoldsFigures)
        {
            Assert.InRange(rate, MinEventsPerSecond, double.MaxValue);
            Assert.InRange(slowestStart, TimeSpan.Zero, ReadyWithin);
        }

        goal.Reached($"{kills} kills at {rate:0} ev/s, {ledger.Issued} events, {sender.Unanswered} requests cut off, none lost or doubled, ready again within {slowestStart.TotalSeconds:0.0} s");
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
