using Microsoft.Extensions.Hosting;
using SyncHealth.Storage.Processes;

namespace SyncHealth.Ingest;

/// <summary>Tells the other processes that this one takes events too.</summary>
internal sealed class ProcessHeartbeat(ProcessRegistry registry) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => registry.RunAsync(stoppingToken);
}
