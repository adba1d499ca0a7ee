using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SyncHealth.SyncServer.Store;

/// <summary>Migrates before the first request, then forgets old tombstones and answers at intervals.</summary>
internal sealed class RetentionLoop(NotesServerOptions options, NotesStore store, TimeProvider time, ILogger<RetentionLoop> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.MigrateAsync(time.GetUtcNow(), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.RetentionInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            try
            {
                await store.PurgeAsync(now - options.TombstoneRetention, now - options.PushRetention, stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                Log.RetentionFailed(log, exception);
            }
        }
    }
}
