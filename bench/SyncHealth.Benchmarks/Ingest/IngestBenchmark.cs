using System.Globalization;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>
/// Events acknowledged per second over loopback HTTP, JSON against binary COPY of as many such events into the same table and every other way of sending against
/// JSON, and the answer times at half of the highest rate, interleaved; then the memory of the ingest process after all of it.
/// </summary>
/// <param name="database">What is written into.</param>
/// <param name="program">How to start the ingest process.</param>
/// <param name="output">Receives the table.</param>
/// <param name="share">How many of all rounds and blocks to do: a tenth takes some minutes instead of forty, and its medians say a third as surely what they say.</param>
internal sealed class IngestBenchmark(BenchmarkDatabase database, BenchmarkProgram program, TextWriter output, double share = 1)
{
    private const int AllRounds = 11;

    /// <summary>
    /// Blocks of two lanes alone, four slices each: what they have in common is twenty times what they differ in. Eleven rounds do not tell them apart: with rounds between 0.46 and 2.55
    /// their median has a standard error of a fifth.
    /// </summary>
    private const int AllBlocks = 40;

    /// <summary>Blocks after which the benchmark says how far it is: one every two minutes or so.</summary>
    private const int BlocksBetweenLines = 4;

    private const int UploadsPerRound = 500;
    private const int EventsPerRound = UploadsPerRound * SampleLoad.EventsPerBatch;

    /// <summary>Uploads of the paced run, and the rounds of it: a p99 needs at least some hundreds, and a round takes three seconds, of which one fold fills two or none.</summary>
    private const int PacedUploads = 1_000;
    private const int AllPacedRounds = 11;

    /// <summary>Slices whose median says what the highest rate is now: the machine's speed changes by half within a run.</summary>
    private const int RateSlices = 6;

    private readonly int _rounds = (int)Math.Ceiling(AllRounds * share);
    private readonly int _blocks = (int)Math.Ceiling(AllBlocks * share);
    private readonly int _pacedRounds = (int)Math.Ceiling(AllPacedRounds * share);
    private readonly Lane _json = new("JSON", Transport.Json);
    private readonly Lane _otlp = new("OTLP protobuf", Transport.Otlp);
    private readonly Lane _fewResends = new("JSON, 1 % resends", Transport.Json, 0.01);
    private readonly Lane _manyResends = new("JSON, 30 % resends", Transport.Json, 0.3);
    private readonly Lane _unannounced = new("JSON, 1 % resends that nothing announces", Transport.Json, 0.01, Announced: false);
    private readonly BenchmarkReport _report = new(output);
    private readonly List<double> _copy = [];
    private readonly List<double> _paced = [];
    private int _seed;

    /// <summary>What is measured by rounds: speed beside COPY, and processor time.</summary>
    private Lane[] Lanes => [_json, _otlp];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var ingest = await IngestProcess.StartAsync(program, database, cancellationToken);
        using var load = new LoadGenerator(ingest.Address, ingest.Key);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        var copy = new CopyBaseline(connection);
        var pairs = new[] { _otlp, _fewResends, _unannounced, _manyResends }.ToDictionary(lane => lane, lane => new LanePair(lane, _json, load));
        var start = TimeProvider.System.GetTimestamp();

        // Round 0 warms up: compilation, caches, connections.
        for (var round = 0; round <= _rounds; round++)
        {
            await RoundAsync(ingest, load, copy, round, cancellationToken);
            if (round == 0)
                Forget();
        }

        await SayAsync($"{_rounds} rounds done", start);

        for (var block = 0; block < _blocks; block++)
        {
            foreach (var pair in pairs.Values)
            {
                await pair.RunBlockAsync(_seed, cancellationToken);
                _seed += LanePair.SeedsPerBlock;
                await database.DrainAsync(cancellationToken);
            }

            if (block >= _blocks - _pacedRounds)
                await PaceAsync(load, pairs[_otlp], cancellationToken);
            if ((block + 1) % BlocksBetweenLines == 0)
                await SayAsync($"{block + 1} of {_blocks} blocks done", start);
        }

        await ReportAsync(ingest, pairs);
    }

    private Task SayAsync(string what, long start) =>
        output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {what}, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));

    /// <summary>Every lane once, another one first each time, so that none always follows the same one.</summary>
    private async Task RoundAsync(IngestProcess ingest, LoadGenerator load, CopyBaseline copy, int round, CancellationToken cancellationToken)
    {
        var lanes = Lanes;
        for (var i = 0; i < lanes.Length; i++)
        {
            var lane = lanes[(round + i) % lanes.Length];
            var uploads = lane.Uploads(_seed++, UploadsPerRound);
            GC.Collect();
            var before = await CpuTime.ReadAsync([ingest], database.DataSource, cancellationToken);
            lane.EventsPerSecond.Add(EventsPerRound / (await load.SendAsync(lane.Transport, uploads, cancellationToken)).TotalSeconds);
            await database.DrainAsync(cancellationToken);
            lane.Cpu.Add((await CpuTime.ReadAsync([ingest], database.DataSource, cancellationToken)).Since(before));
            if (lane == _json)
                _copy.Add(EventsPerRound / (await CopyAsync(copy, cancellationToken)).TotalSeconds);
        }
    }

    private async Task<TimeSpan> CopyAsync(CopyBaseline copy, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var rows = CopyRows.Encode(new SampleLoad(_seed++, now).Batches(UploadsPerRound), now);
        GC.Collect();
        var start = TimeProvider.System.GetTimestamp();
        await copy.RunAsync(rows, cancellationToken);
        return TimeProvider.System.GetElapsedTime(start);
    }

    private async Task PaceAsync(LoadGenerator load, LanePair pair, CancellationToken cancellationToken)
    {
        var perSecond = Ranks.Median(pair.BaselineRates.TakeLast(RateSlices)) / SampleLoad.EventsPerBatch / 2;
        _paced.Add(Ranks.Percentile(await load.SendPacedAsync(Transport.Json, _json.Uploads(_seed++, PacedUploads), perSecond, cancellationToken), 0.99));
        await database.DrainAsync(cancellationToken);
    }

    private void Forget()
    {
        foreach (var lane in Lanes)
            lane.Forget();
        _copy.Clear();
    }

    private async Task ReportAsync(IngestProcess ingest, Dictionary<Lane, LanePair> pairs)
    {
        await output.WriteLineAsync($"{_rounds} rounds of {EventsPerRound:N0} events a lane, and {_blocks} blocks of each other lane and JSON in slices of {LanePair.EventsPerSlice:N0}, {SampleLoad.EventsPerBatch} a request, {LoadGenerator.Connections} connections; load, ingest process and Postgres on this machine");
        await _report.FigureAsync("binary COPY alone, events/s", _copy, "N0");
        foreach (var lane in Lanes)
            await _report.FigureAsync($"{lane.Name}, events/s", lane.EventsPerSecond, "N0");
        foreach (var (lane, pair) in pairs.Where(other => !Lanes.Contains(other.Key)))
            await _report.FigureAsync($"{lane.Name}, events/s", [Ranks.Median(pair.Rates)], "N0");
        await ReportCpuAsync(_json);
        await ReportCpuAsync(_otlp);

        // Ratios within a round or a block: what else the machine did in it slowed both.
        await _report.RatioAsync("JSON / COPY", Over(_json, _copy), floor: 0.25, aim: 0.45);
        await _report.RatioAsync("OTLP protobuf / JSON", pairs[_otlp].Ratios, floor: 1.0, aim: 1.5);
        await _report.RatioAsync("1 % resends / none", pairs[_fewResends].Ratios, floor: 0.9, aim: 0.97);
        await _report.RatioAsync("1 % unannounced resends / none", pairs[_unannounced].Ratios, floor: 0.9, aim: 0.97);
        await _report.RatioAsync("30 % resends / none", pairs[_manyResends].Ratios, floor: 0.5, aim: 0.7);
        await _report.FigureAsync("p99 of each round at half the rate, ms", _paced, "N0");
        await _report.CostAsync("answer time p99 at half the rate, ms", Ranks.Median(_paced), "N1", ceiling: 100, aim: 30);
        await _report.CostAsync("peak memory of the ingest process, MiB", ingest.PeakMemoryMiB, "N0", ceiling: 400, aim: 200);
    }

    private async Task ReportCpuAsync(Lane lane)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"  processor time of the {lane.Name} lane, µs an event: load {PerEvent(lane.Cpu.Select(cpu => cpu.Load)):N1}, ingest with the fold {PerEvent(lane.Cpu.Select(cpu => cpu.Ingest)):N1}, Postgres with the fold {PerEvent(lane.Cpu.Select(cpu => cpu.Postgres ?? TimeSpan.Zero)):N1}"));
    }

    private static double PerEvent(IEnumerable<TimeSpan> rounds) => Ranks.Median(rounds.Select(time => time.TotalMicroseconds / EventsPerRound));

    private static double[] Over(Lane lane, IReadOnlyList<double> baseline) => [.. lane.EventsPerSecond.Zip(baseline, (value, other) => value / other)];
}
