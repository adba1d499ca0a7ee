using Microsoft.Extensions.Hosting;
using SyncHealth.Storage.Fold;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Ingest;

/// <summary>Runs storage's background work beside the edge, where <see cref="IngestOptions.RunLoops"/> says so.</summary>
internal sealed class StorageLoops(FoldLoop fold, MaintenanceLoop maintenance, FleetSnapshotLoop snapshots, IngestOptions options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.RunLoops
            ? Task.WhenAll(fold.RunAsync(stoppingToken), maintenance.RunAsync(stoppingToken), snapshots.RunAsync(stoppingToken))
            : Task.CompletedTask;
}
