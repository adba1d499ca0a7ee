using System.Globalization;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>
/// What a second ingest process on the same Postgres adds: the same uploads over as many connections to one process and to two, interleaved, in full batches
/// and event by event; once with all cores for everybody, and once with one core for each ingest process, as containers have: only there can a machine of
/// two cores show what it adds where one process is the limit.
/// </summary>
/// <param name="database">What all of them write into.</param>
/// <param name="program">How to start them.</param>
/// <param name="output">Receives the table.</param>
/// <param name="share">How much of <see cref="Sizes"/> and of all rounds to do.</param>
internal sealed class ProcessesBenchmark(BenchmarkDatabase database, BenchmarkProgram program, TextWriter output, double share = 1)
{
    private const int DefaultRounds = 9;

    /// <summary>
    /// Rounds before the first that counts. The second process has half of every other upload, so that it still compiles when the first has long been warm: after one
    /// round, two were half as fast as one.
    /// </summary>
    private const int DefaultWarmRounds = 4;

    private const int Processes = 2;

    /// <summary>Uploads of a round: some seconds of work for either size.</summary>
    private static readonly (int EventsPerUpload, int Uploads)[] Sizes = [(SampleLoad.EventsPerBatch, 400), (1, 8_000)];

    private static readonly string CountEvents = BenchmarkSql.Beside<ProcessesBenchmark>("CountEvents");

    private readonly int _rounds = (int)Math.Ceiling(DefaultRounds * share);
    private readonly int _warmRounds = (int)Math.Ceiling(DefaultWarmRounds * share);
    private readonly BenchmarkReport _report = new(output);
    private int _seed;
    private long _sent;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"{_rounds} rounds, {LoadGenerator.Connections} connections in all, durable commits; load, ingest processes and Postgres on this machine of {Environment.ProcessorCount} cores");
        await CompareAsync("all cores for everybody", isHeld: false, cancellationToken);
        await CompareAsync("one core for each ingest process", isHeld: true, cancellationToken);
        await CheckAsync(cancellationToken);
    }

    private async Task CompareAsync(string name, bool isHeld, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"  {name}");
        var processes = new List<IngestProcess>();
        try
        {
            for (var i = 0; i < Processes; i++)
                processes.Add(await IngestProcess.StartAsync(program, database, cancellationToken, isHeld ? i % Environment.ProcessorCount : null));
            foreach (var size in Sizes)
                await CompareAsync(processes, size.EventsPerUpload, (int)(size.Uploads * share), cancellationToken);
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    private async Task CompareAsync(List<IngestProcess> processes, int eventsPerUpload, int uploads, CancellationToken cancellationToken)
    {
        var one = new List<double>();
        var two = new List<double>();
        var cost = new List<double>();

        // Compilation, caches, connections.
        for (var round = -_warmRounds; round < _rounds; round++)
        {
            for (var i = 0; i < Processes; i++)
            {
                // The other one first each time, so that none always follows the same one.
                var isOne = (round + _warmRounds + i) % Processes == 0;
                var used = isOne ? processes[..1] : processes;
                var before = await CpuTime.ReadAsync(processes, database.DataSource, cancellationToken);
                (isOne ? one : two).Add(await SendAsync(used, eventsPerUpload, uploads, cancellationToken));
                await database.DrainAsync(cancellationToken);
                if (isOne)
                    cost.Add((await CpuTime.ReadAsync(processes, database.DataSource, cancellationToken)).Since(before).Ingest.TotalMicroseconds / (eventsPerUpload * uploads));
            }

            if (round < 0)
                Forget(one, two, cost);
        }

        var requests = eventsPerUpload == 1 ? "1 event a request" : string.Create(CultureInfo.InvariantCulture, $"{eventsPerUpload} events a request");
        await _report.FigureAsync($"{requests}: one process, events/s", one, "N0");
        await _report.FigureAsync("  two processes, events/s", two, "N0");
        await _report.FigureAsync("  two / one", [.. two.Zip(one, (ours, theirs) => ours / theirs)], "N2");
        await _report.FigureAsync("  ingest of one with the fold, µs an event", cost, "N1");
    }

    /// <returns>Events acknowledged per second.</returns>
    private async Task<double> SendAsync(List<IngestProcess> processes, int eventsPerUpload, int uploads, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var parts = processes
            .Select(_ => new SampleLoad(_seed++, now, eventsPerUpload).Batches(uploads / processes.Count))
            .Select(batches => batches.Select(batch => new Upload(Transport.Json.Encode(batch, now), eventsPerUpload, BatchId: null, IsResend: false)).ToList())
            .ToList();
        var loads = processes.Select(process => new LoadGenerator(process.Address, process.Key, LoadGenerator.Connections / processes.Count)).ToList();
        try
        {
            GC.Collect();
            var start = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(loads.Zip(parts, (load, part) => load.SendAsync(Transport.Json, part, cancellationToken)));
            var events = parts.Sum(part => part.Count) * eventsPerUpload;
            _sent += events;
            return events / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            foreach (var load in loads)
                load.Dispose();
        }
    }

    private static void Forget(params List<double>[] rounds)
    {
        foreach (var values in rounds)
            values.Clear();
    }

    /// <exception cref="InvalidOperationException">What was acknowledged is not what is stored: such figures would mean nothing.</exception>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(CountEvents);
        var stored = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        if (stored != _sent)
            throw new InvalidOperationException($"{_sent} events were acknowledged and {stored} are stored.");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {stored:N0} events acknowledged, and as many stored"));
    }
}
