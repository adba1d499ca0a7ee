using SyncHealth.Benchmarks.Sdk;
using SyncHealth.Benchmarks.Text;

namespace SyncHealth.Benchmarks.Engine;

/// <summary>What the reference engine costs a device: local queries, the first sync, a delta, text that several people write, memory at rest.</summary>
internal sealed class EngineBenchmark(BenchmarkDatabase database, TextWriter output)
{
    private const int Notes = 100_000;
    private const int Rounds = 7;

    /// <summary>Rounds before them that do not count: a first sync of 100,000 notes takes a second, in which half of the work is that of the compiler, and rounds get faster until the sixth.</summary>
    private const int WarmUpRounds = 6;
    private const int DeltaRounds = 200;
    private const int DeltaRows = 100;
    private const int Queries = 2_000;

    /// <summary>Notes on a screen.</summary>
    private const int Screen = 50;

    /// <summary>How far somebody scrolls.</summary>
    private const int Deepest = 2_000;

    private const double MostQueryMs = 5;
    private const double MostDeltaMs = 50;
    private const double LeastOfPlain = 0.4;
    private const double LeastRowsASecond = 10_000;
    private const double MostIdleKiB = 600;

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("synchealth-bench-engine-").FullName;
        try
        {
            using var reports = new AcceptingHandler();
            await using var server = await EngineServer.StartAsync(database, cancellationToken);
            await server.FillAsync(Notes, cancellationToken);
            var device = await FirstSyncAsync(folder, server.Address, reports, cancellationToken);
            await DeltaAsync(device, server, cancellationToken);
            await _report.LimitAsync("local query, ms p99, 100,000 notes", Ranks.Percentile(Query(device), 0.99), "N2", MostQueryMs, "the newest, some way down, one by id");
            await device.DisposeAsync();
            await QueryOfflineAsync(folder, server.Address, reports);
            await IdleAsync(new IdleEngines(folder, server.Address, reports), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await new TextBenchmark(output).RunAsync(cancellationToken);
    }

    /// <summary>Everything from the server into an empty database, in turns with plain upserts of as many rows; returns the last device.</summary>
    private async Task<BenchDevice> FirstSyncAsync(string folder, Uri server, AcceptingHandler reports, CancellationToken cancellationToken)
    {
        var (rates, ratios) = (new List<double>(), new List<double>());
        BenchDevice device;
        for (var round = 1 - WarmUpRounds; ; round++)
        {
            var plain = PlainSqlite.Measure(Path.Combine(folder, $"plain-{round}.db"), Notes, BenchDevice.Page);
            device = new BenchDevice(round == Rounds ? "phone" : $"phone-{round}", folder, server, reports);
            var start = TimeProvider.System.GetTimestamp();
            var result = await device.SyncAsync(cancellationToken);
            var rate = Notes / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            if (round >= 1)
            {
                rates.Add(rate);
                ratios.Add(rate / plain);
            }

            if (result.Applied != Notes)
                throw new InvalidOperationException($"{result.Applied} notes arrived.");
            if (round == Rounds)
                break;
            await device.DisposeAsync();
        }

        await _report.RatioAsync("first sync / plain SQLite upserts", ratios, LeastOfPlain, LeastOfPlain);
        await _report.RatioAsync("first sync, rows/s", rates, LeastRowsASecond, LeastRowsASecond);
        return device;
    }

    private async Task DeltaAsync(BenchDevice device, EngineServer server, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var round = -DeltaRounds / 10; round < DeltaRounds; round++)
        {
            await server.TouchAsync(DeltaRows, round + DeltaRounds, cancellationToken);
            var start = TimeProvider.System.GetTimestamp();
            var result = await device.SyncAsync(cancellationToken);
            if (result.Applied != DeltaRows)
                throw new InvalidOperationException($"{result.Applied} of {DeltaRows} changes arrived.");
            if (round >= 0)
                times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }

        await _report.LimitAsync("delta of 100 rows over loopback, ms p99", Ranks.Percentile(times, 0.99), "N1", MostDeltaMs, $"median {Ranks.Median(times):N1}");
    }

    private async Task QueryOfflineAsync(string folder, Uri server, AcceptingHandler reports)
    {
        using var network = new DeadNetwork();
        await using var device = new BenchDevice("phone", folder, server, reports, network);
        // A sync that fails for want of a network runs beside the queries.
        var sync = device.Engine.SyncAsync();
        await _report.LimitAsync("the same with the network down, ms p99", Ranks.Percentile(Query(device), 0.99), "N2", MostQueryMs, "while a sync tries in vain");
        await sync;
    }

    private static List<double> Query(BenchDevice device)
    {
        var random = new Random(5);
        var notes = device.Engine.Notes;
        var ids = notes.List(Deepest).Select(static note => note.Id).ToArray();
        var times = new List<double>(3 * Queries);
        for (var query = 0; query < Queries; query++)
        {
            times.Add(Time(() => notes.List(Screen).Count == Screen));
            times.Add(Time(() => notes.List(Screen, random.Next(Deepest)).Count == Screen));
            times.Add(Time(() => notes.Find(ids[random.Next(ids.Length)]) is not null));
        }

        return times;
    }

    private static double Time(Func<bool> query)
    {
        var start = TimeProvider.System.GetTimestamp();
        var isAnswered = query();
        var time = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        return isAnswered ? time : throw new InvalidOperationException("The notes are not there.");
    }

    private async Task IdleAsync(IdleEngines engines, CancellationToken cancellationToken)
    {
        var (process, managed, sqlite) = await engines.MeasureAsync(cancellationToken);
        await _report.LimitAsync("memory of an idle engine with its SDK, KiB", process, "N0", MostIdleKiB, $"of the process, 1,000 in it; managed {managed:N0}, SQLite {sqlite:N0}");
    }
}
