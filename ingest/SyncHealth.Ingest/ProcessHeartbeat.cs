using Microsoft.Extensions.Hosting;
using SyncHealth.Storage.Intake;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Processes;

namespace SyncHealth.Ingest;

/// <summary>Tells the other processes that this one takes events too, and the database by which keys and what became of them.</summary>
internal sealed class ProcessHeartbeat(ProcessRegistry registry, KeyUse keys, IntakeTallies tallies) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(registry.RunAsync(stoppingToken), keys.RunAsync(stoppingToken), tallies.RunAsync(stoppingToken));
}
