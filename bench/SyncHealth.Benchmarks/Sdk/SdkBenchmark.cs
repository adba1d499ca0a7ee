using System.Globalization;
using SyncHealth.Client;
using SyncHealth.Contracts;

namespace SyncHealth.Benchmarks.Sdk;

/// <summary>What the client SDK costs the app that carries it: the caller's time and garbage, the wire, the drain, memory and size.</summary>
internal sealed class SdkBenchmark(TextWriter output)
{
    private const int Rounds = 300;

    /// <summary>Attempts of a round, in one go: a burst that no app reaches.</summary>
    private const int Burst = 200;

    private const int DrainedEvents = 20_000;
    private const int WireEvents = 10_000;
    private const double KiB = 1024;

    private readonly BenchmarkReport _report = new(output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("synchealth-bench-");
        try
        {
            await RestAsync(folder.FullName);
            await RecordAsync(folder.FullName, cancellationToken);
            await DrainAsync(folder.FullName, cancellationToken);
            await WireAsync(folder.FullName);
            await SizeAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One whole attempt on the caller's thread, beside the same facts through OpenTelemetry.</summary>
    private async Task RecordAsync(string folder, CancellationToken cancellationToken)
    {
        using var handler = new AcceptingHandler();
        using var peer = new OpenTelemetryPeer();
        await using var telemetry = SyncTelemetry.Create(Options(Path.Combine(folder, "record"), handler, TimeProvider.System));
        var (ours, theirs) = (new List<double>(), new List<double>());
        long garbage = 0;
        // One thread all the way: allocations are counted by thread, and a caller has only one.
        await Task.Factory.StartNew(
            () =>
            {
                for (var round = -Rounds / 3; round < Rounds; round++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var (mine, allocated) = Measure(() => Attempt(telemetry));
                    var (other, _) = Measure(() => peer.Record(0.812, 4, 3, 12));
                    telemetry.FlushToDiskAsync(cancellationToken).GetAwaiter().GetResult();
                    if (round < 0)
                        continue;
                    ours.Add(mine);
                    theirs.Add(other);
                    garbage += allocated;
                }
            },
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await _report.CostAsync("Record, µs on the caller's thread", Ranks.Median(ours), "N3", ceiling: 1, aim: 0.5);
        await _report.FigureAsync("  of these rounds the 99th percentile", Ranks.Percentile(ours, 0.99), "N3", "");
        await _report.CostAsync("garbage, bytes an attempt after warm-up", garbage / (double)(Rounds * Burst), "N2", ceiling: 0, aim: 0);
        await _report.FigureAsync("OpenTelemetry, same facts, µs", Ranks.Median(theirs), "N3", "5 instruments, 5 tags");
        await _report.CostAsync("ours / OpenTelemetry", Ranks.Median(ours.Zip(theirs, (mine, other) => mine / other)), "N2", ceiling: 0.5, aim: 0.25);
        if (telemetry.Status.Dropped.Count > 0)
            throw new InvalidOperationException("Events were dropped: what was measured is not recording.");
    }

    private static void Attempt(SyncTelemetry telemetry)
    {
        using var attempt = telemetry.StartSync(SyncType.Delta, SyncTrigger.Foreground);
        attempt.On(SyncNetwork.Wifi).Queue(4).Pushed(3).Pulled(12).Succeed();
    }

    /// <summary>Microseconds and bytes of one call, over a burst.</summary>
    private static (double Microseconds, long Allocated) Measure(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Burst; i++)
            work();
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        return (elapsed.TotalMicroseconds / Burst, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private async Task DrainAsync(string folder, CancellationToken cancellationToken)
    {
        var rates = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            using var handler = new AcceptingHandler();
            var clock = new LifeClock();
            var options = Options(Path.Combine(folder, "drain-" + round), handler, clock);
            var online = options.Conditions;
            options.Conditions = () => SendConditions.Offline;
            await using (var offline = SyncTelemetry.Create(options))
                await FillAsync(offline, DrainedEvents, round, clock);
            options.Conditions = online;
            options.BatchInterval = TimeSpan.FromSeconds(15);
            options.BatchSize = 100;
            await using var telemetry = SyncTelemetry.Create(options);
            var start = TimeProvider.System.GetTimestamp();
            if (!await telemetry.FlushAsync(cancellationToken) || handler.Requests != DrainedEvents / options.BatchSize)
                throw new InvalidOperationException($"The queue was not drained in full batches: {handler.Requests} requests, {telemetry.Status}");
            rates.Add(DrainedEvents / TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        }

        await _report.RatioAsync("drain from disk, events/s", rates, floor: 1_000, aim: 5_000);
    }

    private async Task WireAsync(string folder)
    {
        using var handler = new AcceptingHandler();
        var clock = new LifeClock();
        var options = Options(Path.Combine(folder, "wire"), handler, clock);
        options.BatchSize = 100;
        // Offline until all is recorded, in one run of the app: every event carries its age, as the dearest do.
        options.Conditions = () => SendConditions.Offline;
        await using var telemetry = SyncTelemetry.Create(options);
        await FillAsync(telemetry, WireEvents, seed: 7, clock);
        if (!await telemetry.FlushAsync() || handler.Requests != WireEvents / options.BatchSize)
            throw new InvalidOperationException("The queue was not sent in full batches.");
        await _report.CostAsync("wire, bytes an event (gzip, batches of 100)", handler.Bytes / (double)WireEvents, "N1", ceiling: 45, aim: 40);
    }

    /// <summary>What an app carries that has synced for a while and does nothing now: managed memory, and SQLite's own.</summary>
    private async Task RestAsync(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        using var handler = new AcceptingHandler();
        var before = GC.GetTotalMemory(forceFullCollection: true) + SQLitePCL.raw.sqlite3_memory_used();
        var clock = new LifeClock();
        await using var telemetry = SyncTelemetry.Create(Options(Path.Combine(folder, "rest"), handler, clock));
        await FillAsync(telemetry, 2_000, seed: 3, clock);
        await telemetry.FlushAsync();
        var used = GC.GetTotalMemory(forceFullCollection: true) + SQLitePCL.raw.sqlite3_memory_used() - before;
        await _report.CostAsync("memory at rest, KiB (SQLite's included)", used / KiB, "N0", ceiling: 2048, aim: 1024);
    }

    private async Task SizeAsync()
    {
        var own = new[] { typeof(SyncTelemetry), typeof(SyncType) }.Sum(type => new FileInfo(type.Assembly.Location).Length);
        await _report.CostAsync("our assemblies, KiB (SQLite apart)", own / KiB, "N0", ceiling: 250, aim: 150);
    }

    private static async Task FillAsync(SyncTelemetry telemetry, int events, int seed, LifeClock clock)
    {
        var life = new SampleLife(seed, clock);
        for (var i = 1; i <= events; i++)
        {
            life.Record(telemetry);
            if (i % Burst == 0 && !await telemetry.FlushToDiskAsync())
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Not stored: {telemetry.Status.LastProblem}"));
        }
    }

    /// <summary>Nothing leaves by itself: batches are as large and their interval as long as may be.</summary>
    private static SyncTelemetryOptions Options(string folder, HttpMessageHandler handler, TimeProvider clock) => new()
    {
        Endpoint = new Uri("http://ingest.invalid/"),
        Key = "bench",
        App = "notes",
        AppVersion = "2.4.1",
        QueueDirectory = folder,
        BatchSize = EventLimits.MaxEventsPerBatch,
        BatchInterval = TimeSpan.FromDays(1),
        MaxQueueBytes = 100 * 1024 * 1024,
        ShutdownTimeout = TimeSpan.Zero,
        TimeProvider = clock,
        Handler = handler,
        RandomSeed = 1,
    };
}
