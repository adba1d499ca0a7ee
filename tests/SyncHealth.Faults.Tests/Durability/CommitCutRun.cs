using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;

namespace SyncHealth.Faults.Tests.Durability;

/// <summary>Load on an edge whose database connection is cut around COMMIT, and what the oracle says afterwards.</summary>
internal sealed record CommitCutRun(
    OracleVerdict Verdict, FaultCounters Faults, IReadOnlyList<string> Answers, int RefusedWithoutRetryAfter, long Issued)
{
    private const int Workers = 6;
    private const int BatchSize = 15;

    /// <summary>Share of COMMITs that are cut: enough pass for resends to be answered in between.</summary>
    private const double Chance = 0.25;

    /// <param name="database">Has the suite's key.</param>
    /// <param name="cuts">How many.</param>
    /// <param name="settings">Of the edge.</param>
    /// <param name="patience">How long the edge may take to work again.</param>
    /// <exception cref="TimeoutException">The edge does not work any more after the last cut.</exception>
    public static async Task<CommitCutRun> RunAsync(TestDatabase database, int cuts, StageSettings settings, TimeSpan patience)
    {
        var plan = new CommitCuts(FaultScale.Seed, Chance, cuts);
        await using var proxy = FaultProxy.StartPostgres(Through.PortOf(database.ConnectionString), plan);
        await using var stage = await IngestStage.StartAsync(Through.Port(database.ConnectionString, proxy.Port), settings);
        var ledger = new Ledger("oracle", TimeProvider.System.GetUtcNow());
        var sender = new OracleSender(stage.Http, IngestStage.Key, ledger);

        using var stop = new CancellationTokenSource(patience * Math.Max(1, cuts / 50));
        var load = sender.RunAsync(Workers, BatchSize, stop.Token);
        while (!plan.IsSpent && !load.IsCompleted)
            await Task.WhenAny(ledger.WhenAcknowledgedAsync(BatchSize), load, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
        await stop.CancelAsync();
        await load;

        await sender.DrainAsync(patience);
        if (!await sender.SendNewAsync(BatchSize, CancellationToken.None))
            throw new TimeoutException("A fresh batch is not taken after the last cut.");
        return new CommitCutRun(
            await OracleJudge.JudgeAsync(ledger, database.DataSource), proxy.Counters,
            [.. sender.Answers.Keys.Select(status => status.ToString())], sender.RefusedWithoutRetryAfter, ledger.Issued);
    }
}
