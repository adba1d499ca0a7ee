using System.Net;
using Npgsql;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage.Migrations;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Faults.Tests.Durability;

/// <summary>A3: Postgres dies without a word, and comes back.</summary>
public sealed class PostgresKillTests : IAsyncLifetime
{
    private const int Workers = 4;
    private const int BatchSize = 25;

    /// <summary>Requests that the gap must have seen before Postgres comes back.</summary>
    private const int RefusalsPerGap = 5;

    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DurableCluster _cluster = null!;
    private NpgsqlDataSource _dataSource = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await DurableCluster.StartAsync();
        // Not pooled: every connection from before a kill is dead.
        _dataSource = NpgsqlDataSource.Create(_cluster.ConnectionString + ";Pooling=false");
        await Migrator.MigrateAsync(_dataSource, TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Kill_UnderLoad_NothingAcknowledgedIsLostAndTheSameProcessGoesOn()
    {
        var goal = new Goal("A3");
        var random = new Random(FaultScale.Seed);
        var kills = FaultScale.Of(test: 2, faults: 15, deep: 150);
        var ledger = new Ledger("oracle", TimeProvider.System.GetUtcNow());
        await using var ingest = new IngestProcess(_cluster.ConnectionString);
        await ingest.StartAsync();
        var id = ingest.Id;
        var sender = new OracleSender(ingest.Http, IngestStage.Key, ledger);
        var slowest = TimeSpan.Zero;
        var faults = new FaultCounters();

        using var stop = new CancellationTokenSource();
        var load = sender.RunAsync(Workers, BatchSize, stop.Token);
        for (var kill = 0; kill < kills; kill++)
        {
            await ledger.WhenAcknowledgedAsync(random.Next(200, 1_000)).WaitAsync(Patience);
            await _cluster.KillHardAsync();
            var refused = sender.Answers.GetValueOrDefault(HttpStatusCode.ServiceUnavailable);
            while (sender.Answers.GetValueOrDefault(HttpStatusCode.ServiceUnavailable) < refused + RefusalsPerGap && goal.Elapsed < Patience * kills)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            if (sender.Answers.GetValueOrDefault(HttpStatusCode.ServiceUnavailable) >= refused + RefusalsPerGap)
                faults.Count(FaultKind.KillPostgres);
            await _cluster.LaunchServerAsync();
            var accepts = TimeProvider.System.GetTimestamp();
            await ledger.WhenAcknowledgedAsync(1).WaitAsync(Patience);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, TimeProvider.System.GetElapsedTime(accepts).Ticks));
        }

        await stop.CancelAsync();
        await load;
        await sender.DrainAsync(Patience);
        Assert.True(await sender.SendNewAsync(BatchSize, CancellationToken.None));

        Assert.Equal(OracleVerdict.Sound, await OracleJudge.JudgeAsync(ledger, _dataSource));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], sender.Answers.Keys.Order());
        Assert.Equal((0, 0), (sender.RefusedWithoutRetryAfter, sender.Unanswered));
        Assert.InRange(slowest, TimeSpan.Zero, TakenWithin);
        Assert.True(ingest.IsRunning(id));
        faults.Require(Math.Min(kills, FaultCounters.Least), FaultKind.KillPostgres);
        goal.Reached($"{kills} kills of the postmaster, {ledger.Issued} events, none lost or doubled, {sender.Answers[HttpStatusCode.ServiceUnavailable]} refusals, all 503 with Retry-After, first 200 after {slowest.TotalSeconds:0.0} s at most");
    }
}
