using System.Globalization;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>What alerting costs and how long it takes: a round of 500 rules on 30 days of rollups, from a breach to the request at the receiver, and a backlog of notifications.</summary>
internal sealed class AlertingBenchmark(BenchmarkDatabase database, TextWriter output)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var report = new BenchmarkReport(output);
        var rounds = new RoundBenchmark(database, report);
        await StepAsync("data", () => new AlertingData(database, output, TimeProvider.System.GetUtcNow()).FillAsync(cancellationToken));
        await StepAsync("quiet rounds", () => rounds.RunQuietAsync(cancellationToken));
        await StepAsync("breach to request", () => new BreachBenchmark(database, output, report).RunAsync(cancellationToken));
        await StepAsync("rounds of a bad release", () => rounds.RunBadAsync(cancellationToken));
        await StepAsync("backlog", () => new DrainBenchmark(database, output, report).RunAsync(cancellationToken));
    }

    /// <summary>Says how far it has come: the whole takes some minutes.</summary>
    private async Task StepAsync(string name, Func<Task> step)
    {
        var start = TimeProvider.System.GetTimestamp();
        await step();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  ({name}: {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s)"));
    }
}
