using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Vitals;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Benchmarks.Vitals;

/// <summary>Writes sample fleets as ingest would, and folds them, with the last fleet snapshot some minutes before the end.</summary>
internal static class SampleData
{
    private const int BatchesInFlight = 16;

    /// <summary>What arrives after the last snapshot: more than five minutes of a million events in three days.</summary>
    private const int BatchesAfterSnapshot = 2;

    /// <summary>Nobody waits for these answers, so no batch is refused for having stood in line.</summary>
    private static readonly TimeSpan PatientQueue = TimeSpan.FromHours(1);

    /// <param name="database">Where it is written.</param>
    /// <param name="fleet">What is written.</param>
    /// <param name="progress">Receives a line for each tenth written and each step after it; null says nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task FillAsync(BenchmarkDatabase database, SampleFleet fleet, TextWriter? progress, CancellationToken cancellationToken)
    {
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused", MaxQueueDelay = PatientQueue };
        var maintenance = new MaintenanceLoop(database.DataSource, options, TimeProvider.System, NullLogger<MaintenanceLoop>.Instance);
        var fold = new FoldLoop(database.DataSource, options, TimeProvider.System, NullLogger<FoldLoop>.Instance);
        var snapshots = new FleetSnapshotLoop(database.DataSource, new SampleClock(fleet.Now), NullLogger<FleetSnapshotLoop>.Instance);
        await maintenance.MaintainAsync(cancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        await using var writer = new BatchWriter(database.DataSource, options, NullLogger<BatchWriter>.Instance);
        using var batches = fleet.Batches().GetEnumerator();
        await WriteAsync(writer, batches, fleet.BatchCount - BatchesAfterSnapshot, progress, cancellationToken);
        await fold.FoldAsync(cancellationToken);
        await snapshots.TakeAsync(cancellationToken);
        await WriteAsync(writer, batches, BatchesAfterSnapshot, progress: null, cancellationToken);
        await fold.FoldAsync(cancellationToken);
        await SayAsync(progress, "folded", start);
        await maintenance.MaintainAsync(cancellationToken);
        await SayAsync(progress, "packed", start);
        await using var analyze = database.DataSource.CreateCommand("vacuum analyze");
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task WriteAsync(BatchWriter writer, IEnumerator<EventBatch> batches, int count, TextWriter? progress, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var pending = new Queue<Task<WriteReceipt>>();
        for (var i = 0; i < count && batches.MoveNext(); i++)
        {
            if (pending.Count == BatchesInFlight)
                Check(await pending.Dequeue());
            pending.Enqueue(writer.WriteAsync(batches.Current, cancellationToken).AsTask());
            if ((i + 1) * 10 / count > i * 10 / count)
                await SayAsync(progress, string.Create(CultureInfo.InvariantCulture, $"{(i + 1) * 10 / count} tenths written"), start);
        }

        foreach (var receipt in pending)
            Check(await receipt);
    }

    private static Task SayAsync(TextWriter? progress, string done, long start) =>
        progress?.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {done}, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s")) ?? Task.CompletedTask;

    private static void Check(WriteReceipt receipt)
    {
        if (receipt.Status != WriteStatus.Committed || receipt.Accepted != SampleFleet.BatchSize)
            throw new InvalidOperationException($"The writer answered {receipt}.");
    }
}
