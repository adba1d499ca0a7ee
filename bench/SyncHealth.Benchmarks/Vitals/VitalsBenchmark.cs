using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Benchmarks.Vitals;

/// <summary>The five questions of the dashboard over generated events, each against the same question to the raw events.</summary>
internal sealed class VitalsBenchmark(BenchmarkDatabase database, TextWriter output, int events)
{
    public const int DefaultEvents = 1_000_000;

    private const int Runs = 30;
    private const int RawRuns = 5;
    private const int BatchesInFlight = 16;

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly VitalsReader _reader = new(database.DataSource);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        await FillAsync(cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{events:N0} events written and folded in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s; {Runs} runs a question, {RawRuns} raw"));
        await output.WriteLineAsync($"  {"question",-44} {"p50 ms",8} {"p99 ms",8} {"raw p50",9} {"times faster",13}");
        foreach (var question in Questions())
            await MeasureAsync(question, cancellationToken);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" };
        await new MaintenanceLoop(database.DataSource, options, TimeProvider.System, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(cancellationToken);
        await using (var writer = new BatchWriter(database.DataSource, options, NullLogger<BatchWriter>.Instance))
        {
            var pending = new Queue<Task<WriteReceipt>>();
            foreach (var batch in new SampleFleet(seed: 7, _now, events).Batches())
            {
                if (pending.Count == BatchesInFlight)
                    Check(await pending.Dequeue());
                pending.Enqueue(writer.WriteAsync(batch, cancellationToken).AsTask());
            }

            foreach (var receipt in pending)
                Check(await receipt);
        }

        await new FoldLoop(database.DataSource, options, TimeProvider.System, NullLogger<FoldLoop>.Instance).FoldAsync(cancellationToken);
        await using var analyze = database.DataSource.CreateCommand("vacuum analyze");
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Check(WriteReceipt receipt)
    {
        if (receipt.Status != WriteStatus.Committed || receipt.Accepted != SampleFleet.BatchSize)
            throw new InvalidOperationException($"The writer answered {receipt}.");
    }

    private IEnumerable<Question> Questions() =>
    [
        new("a success rate by version and hour, 24 h", token => ReadAsync(["app_version"], VitalsParts.None, TimeSpan.FromHours(1), token), "SuccessByVersion"),
        new("b p50/p90/p99 by network and hour, 24 h", token => ReadAsync(["network"], VitalsParts.None, TimeSpan.FromHours(1), token), "DurationByNetwork"),
        new("c conflicts by strategy and hour, 24 h", token => ReadAsync([], VitalsParts.None, TimeSpan.FromHours(1), token), "ConflictTrend"),
        new("d share of devices over 1,000 queued, now", token => ReadAsync([], VitalsParts.Fleet, null, token), "QueueShare"),
        new("e staleness distribution, now", ReadStalenessAsync, "Staleness"),
    ];

    private async Task<int> ReadAsync(string[] by, VitalsParts parts, TimeSpan? step, CancellationToken cancellationToken)
    {
        var answer = await _reader.ReadAsync(Query(by, parts, step), cancellationToken);
        return answer!.Groups.Sum(group => group.Points.Count);
    }

    private async Task<int> ReadStalenessAsync(CancellationToken cancellationToken)
    {
        var answer = await _reader.ReadDistributionAsync(DistributionMetric.Staleness, Query([], VitalsParts.Fleet, null), cancellationToken);
        return answer!.Groups.Sum(group => group.Buckets.Count);
    }

    private VitalsQuery Query(string[] by, VitalsParts parts, TimeSpan? step) =>
        new() { App = SampleFleet.App, From = _now.AddDays(-1), To = _now, Now = _now, Step = step, By = by, Parts = parts };

    private async Task MeasureAsync(Question question, CancellationToken cancellationToken)
    {
        var raw = BenchmarkSql.Beside<VitalsBenchmark>(question.RawSql);
        await AskRawAsync(raw, cancellationToken);
        if (await question.Ask(cancellationToken) == 0)
            throw new InvalidOperationException($"'{question.Name}' was answered with nothing.");

        var ours = new List<double>();
        var theirs = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(await TimeAsync(() => question.Ask(cancellationToken)));
            if (run % (Runs / RawRuns) == 0)
                theirs.Add(await TimeAsync(() => AskRawAsync(raw, cancellationToken)));
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  {question.Name,-44} {Ranks.Median(ours),8:N1} {Ranks.Percentile(ours, 0.99),8:N1} {Ranks.Median(theirs),9:N1} {Ranks.Median(theirs) / Ranks.Median(ours),13:N1}"));
    }

    private async Task<int> AskRawAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.AddWithValue("from", (sql.Contains("device_key", StringComparison.Ordinal) ? _now.AddDays(-7) : _now.AddDays(-1)).UtcDateTime);
        command.Parameters.AddWithValue("to", _now.UtcDateTime);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0;
        while (await rows.ReadAsync(cancellationToken))
            count++;
        return count;
    }

    private static async Task<double> TimeAsync(Func<Task<int>> ask)
    {
        var start = TimeProvider.System.GetTimestamp();
        await ask();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
