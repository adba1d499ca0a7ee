namespace SyncHealth.Benchmarks.Alerting;

/// <summary>What alerting costs and how long it takes: a round of 500 rules on 30 days of rollups, from a breach to the request at the receiver, and a backlog of notifications.</summary>
internal sealed class AlertingBenchmark(BenchmarkDatabase database, TextWriter output)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var report = new BenchmarkReport(output);
        var rounds = new RoundBenchmark(database, output, report);
        await rounds.FillAsync(cancellationToken);
        await rounds.RunAsync(cancellationToken);
        await new BreachBenchmark(database, output, report).RunAsync(cancellationToken);
        await new DrainBenchmark(database, output, report).RunAsync(cancellationToken);
    }
}
