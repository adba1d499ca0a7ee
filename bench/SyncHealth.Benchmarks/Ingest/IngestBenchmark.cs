using System.Globalization;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>Events acknowledged per second over loopback HTTP, against binary COPY of as many such events into the same table, interleaved.</summary>
internal sealed class IngestBenchmark(BenchmarkDatabase database, TextWriter output)
{
    /// <summary>Below this the house has a leak; the next step of the plan raises it.</summary>
    private const double Floor = 0.12;

    private const int Rounds = 5;
    private const int BatchesPerRound = 1_000;
    private const int EventsPerRound = BatchesPerRound * SampleLoad.EventsPerBatch;

    private readonly List<double> _http = [];
    private readonly List<double> _copy = [];
    private readonly List<double> _latencies = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var host = await IngestHost.StartAsync(database, cancellationToken);
        using var load = new LoadGenerator(host.Address, host.Key);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        var copy = new CopyBaseline(connection);

        // Round 0 warms up: compilation, caches, connections.
        for (var round = 0; round <= Rounds; round++)
        {
            var http = await HttpAsync(load, round, cancellationToken);
            await host.DrainAsync(database, cancellationToken);
            var baseline = await CopyAsync(copy, round, cancellationToken);
            if (round == 0)
                continue;
            _http.Add(EventsPerRound / http.TotalSeconds);
            _copy.Add(EventsPerRound / baseline.TotalSeconds);
        }

        await ReportAsync();
    }

    private async Task<TimeSpan> HttpAsync(LoadGenerator load, int round, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var bodies = new SampleLoad(2 * round, now).Batches(BatchesPerRound).Select(batch => SampleLoad.ToJson(batch, now)).ToArray();
        GC.Collect();
        var start = TimeProvider.System.GetTimestamp();
        var latencies = await load.SendAsync(bodies, cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        if (round > 0)
            _latencies.AddRange(latencies);
        return elapsed;
    }

    private static async Task<TimeSpan> CopyAsync(CopyBaseline copy, int round, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var rows = CopyRows.Encode(new SampleLoad((2 * round) + 1, now).Batches(BatchesPerRound), now);
        GC.Collect();
        var start = TimeProvider.System.GetTimestamp();
        await copy.RunAsync(rows, cancellationToken);
        return TimeProvider.System.GetElapsedTime(start);
    }

    private async Task ReportAsync()
    {
        // Ratios within a round: what else the machine did in it slowed both.
        var ratio = Ranks.Median(_http.Zip(_copy, (http, copy) => http / copy));
        await output.WriteLineAsync($"{Rounds} rounds of {EventsPerRound:N0} events, JSON, {SampleLoad.EventsPerBatch} a request, {LoadGenerator.Connections} connections; load, server and Postgres on this machine");
        await LineAsync("acknowledged over HTTP, events/s", _http, "N0");
        await LineAsync("binary COPY alone, events/s", _copy, "N0");
        await LineAsync("ratio", _http.Zip(_copy, (http, copy) => http / copy), "N3");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {"answer time p50 / p99, ms",-36} {Ranks.Median(_latencies),10:N1} / {Ranks.Percentile(_latencies, 0.99):N1}"));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  {"floor",-36} {Floor,10:N3}   {(ratio >= Floor ? "held" : "MISSED")}"));
    }

    private async Task LineAsync(string name, IEnumerable<double> rounds, string format)
    {
        var values = rounds.ToArray();
        var median = Ranks.Median(values).ToString(format, CultureInfo.InvariantCulture);
        await output.WriteLineAsync($"  {name,-36} {median,10}   rounds: {string.Join("  ", values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)))}");
    }
}
