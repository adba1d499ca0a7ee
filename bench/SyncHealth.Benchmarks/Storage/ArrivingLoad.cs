using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Benchmarks.Vitals;
using SyncHealth.Contracts;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Benchmarks.Storage;

/// <summary>
/// Three days of a fleet in the order of arrival, which is that of event time but for a tenth that is up to twelve hours late; written, folded and kept in
/// order by the classes that do so in service, on a clock that goes with the load.
/// </summary>
internal sealed class ArrivingLoad(TextWriter output) : IStorageLoad
{
    /// <summary>
    /// The load of the plan: eleven and a half events a second, ten a day of each device. Its density is what matters: fewer events over as many days and segments
    /// would leave the same rollups, divided by fewer events, and a single day what there is once per device.
    /// </summary>
    private const int AllEvents = 3_000_000;
    private const int Devices = 100_000;

    /// <summary>Events of one upload that arrive together, some seventeen seconds of the load: on time is within the minute.</summary>
    private const int EventsPerArrival = 200;

    /// <summary>
    /// Batches between two folds, about six minutes of the load. A service folds every second what has just arrived: more often than here changes how often
    /// a row is rewritten, not what stands in it, and 260,000 folds would take hours.
    /// </summary>
    private const int BatchesPerFold = 4;

    /// <summary>
    /// Batches between two rounds of maintenance: eleven minutes of the load, in service ten. A vacuum follows each fold, which writes most rows of the day anew: in service
    /// autovacuum looks every minute, and does so before a fifth of them are.
    /// </summary>
    private const int BatchesPerMaintenance = 8;

    private static readonly TimeSpan Span = TimeSpan.FromDays(3);

    /// <summary>Nobody waits for these answers, so no batch is refused for having stood in line.</summary>
    private static readonly TimeSpan PatientQueue = TimeSpan.FromHours(1);

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly long[] _nextSeqs = new long[Devices];

    public int Events => AllEvents;

    public string Description => $"{AllEvents:N0} events of {Devices:N0} devices in three days, in the order of arrival, a tenth up to 12 hours late";

    public async Task FillAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        var clock = new LoadClock(_now - Span);
        var options = OptionsFor(database);
        var fold = new FoldLoop(database.DataSource, options, clock, NullLogger<FoldLoop>.Instance);
        var maintenance = new MaintenanceLoop(database.DataSource, options, clock, NullLogger<MaintenanceLoop>.Instance);
        await maintenance.MaintainAsync(cancellationToken);
        await using var writer = new BatchWriter(database.DataSource, options, NullLogger<BatchWriter>.Instance);
        var folding = Task.FromResult(0L);
        var (start, written) = (TimeProvider.System.GetTimestamp(), 0);
        foreach (var batches in new SampleFleet(seed: 5, "bench", _now, Span, AllEvents, Devices).Batches().Chunk(BatchesPerFold))
        {
            foreach (var batch in batches)
            {
                clock.MoveTo(batch.ReceivedAt);
                foreach (var receipt in await Task.WhenAll(Arrivals(batch).Select(arrival => writer.WriteAsync(arrival, cancellationToken).AsTask())))
                    Check(receipt);
            }

            await folding;
            await SayTenthAsync(written, written += batches.Length, start);
            if (written % BatchesPerMaintenance == 0)
                await maintenance.MaintainAsync(cancellationToken);
            await VacuumAsync(database, cancellationToken);
            folding = fold.FoldAsync(cancellationToken);
        }

        await folding;
        await fold.FoldAsync(cancellationToken);
        await maintenance.MaintainAsync(cancellationToken);
    }

    public async Task AgeAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        var options = OptionsFor(database);
        var later = new LoadClock(_now + options.MinuteRetention + TimeSpan.FromHours(2));
        await new MaintenanceLoop(database.DataSource, options, later, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(cancellationToken);
    }

    /// <summary>A line for each tenth: filling takes most of an hour.</summary>
    private async Task SayTenthAsync(int before, int after, long start)
    {
        const int All = AllEvents / SampleFleet.BatchSize;
        if (after * 10 / All > before * 10 / All)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {after * 10 / All} tenths written and folded, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));
    }

    private static StorageOptions OptionsFor(BenchmarkDatabase database) =>
        new() { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused", MaxQueueDelay = PatientQueue };

    private static async Task VacuumAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        await using var vacuum = database.DataSource.CreateCommand("vacuum");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A batch of the sample as several that arrive when their last event has happened; those that are late come with the last.</summary>
    private IEnumerable<EventBatch> Arrivals(EventBatch batch)
    {
        var late = batch.ReceivedAt - (Span * SampleFleet.BatchSize / AllEvents);
        var events = batch.Events.Select(Filled).OrderBy(e => e.EventAt < late).ThenBy(e => e.EventAt).ToArray();
        foreach (var chunk in events.Chunk(EventsPerArrival))
        {
            var arrival = new EventBatch { ReceivedAt = chunk[^1].EventAt < late ? batch.ReceivedAt : chunk[^1].EventAt };
            arrival.Profiles.AddRange(batch.Profiles);
            arrival.Events.AddRange(chunk);
            yield return arrival;
        }
    }

    /// <summary>Adds what the sample of the reading benchmarks leaves out and an SDK says: an event of this load is as full as one of <see cref="Ingest.SampleLoad"/>.</summary>
    private EventRow Filled(EventRow e)
    {
        e.Seq = _nextSeqs[(int)(e.DeviceKey % Devices)]++;
        e.DeviceKey = Hashed(e.DeviceKey);
        e.Direction = SyncDirection.Both;
        e.Metered = e.Segment.Network == "cellular";
        e.Retries = e.IsSuccess ? 0 : 2;
        e.ErrorCode = e.IsSuccess ? null : "http_503";
        e.OldestPendingMs = e.QueuedItems * 1000L;
        e.Applied = e.Pulled;
        e.BytesUp = e.Pushed * 300L;
        e.BytesDown = e.Pulled * 420L;
        return e;
    }

    /// <summary>Keys of the sample count up, which compresses well; those of service are hashes, which do not. Mixed as SplitMix64 does, so no two become one.</summary>
    private static long Hashed(long key)
    {
        var mixed = (ulong)key * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (long)(mixed ^ (mixed >> 31));
    }

    private static void Check(WriteReceipt receipt)
    {
        if (receipt is not { Status: WriteStatus.Committed, Accepted: EventsPerArrival })
            throw new InvalidOperationException($"The writer answered {receipt}.");
    }
}
