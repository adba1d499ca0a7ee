using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Fold;

namespace SyncHealth.Storage.Retention;

/// <summary>Keeps partitions ahead of the clock, everything within its retention, old arrivals in hours, hours that are over in sets, indexes tight, sketches of what is over short, and minutes, arrivals, fine hours, days and releases of devices in packs, and finishes erasures that were broken off. Any number of processes may run it.</summary>
public sealed class MaintenanceLoop(NpgsqlDataSource dataSource, StorageOptions options, TimeProvider clock, ILogger<MaintenanceLoop> logger)
{
    /// <summary>Shortest real pause: on a fast shared clock the rounds would follow each other without one.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(5);

    private static readonly string PruneMinutes = SqlFile.Beside<MaintenanceLoop>("PruneMinutes");
    private static readonly string PruneEvents = SqlFile.Beside<MaintenanceLoop>("PruneEvents");

    /// <summary>Works in rounds until cancelled; the first at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TryMaintainAsync(cancellationToken);
            await SharedInterval.WaitAsync(clock, options.MaintenanceInterval, MinPause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One round at the clock's present moment.</summary>
    public async Task MaintainAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await new EventPartitions(connection, options.RawRetention, TimeProvider.System).MaintainAsync(now, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            PruneMinutes, new { Before = options.MinutesFrom(now).UtcDateTime }, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            PruneEvents, new { Before = (now - options.RawRetention).UtcDateTime }, cancellationToken: cancellationToken));
        await ArrivalFold.FoldAsync(connection, options, now, cancellationToken);
        await ArrivalPacks.PackAsync(connection, options, ArrivalPacks.LeastRows, now, cancellationToken);
        await MinutePacks.PackAsync(connection, options, PackRule.Default, now, cancellationToken);
        await FineHourPacks.PackAsync(connection, FineHourPacks.Rule, now, cancellationToken);
        await DeviceHourFold.FoldAsync(connection, now, cancellationToken);
        await DevicePacks.PackAsync(connection, DevicePacks.Rule, now, cancellationToken);
        await EndedSketches.CompactAsync(connection, now, cancellationToken);
        await new AppRetention(connection).PruneAsync(now, cancellationToken);
        await new Erasures(dataSource, clock).ResumeAsync(cancellationToken);
        await new IndexCare(connection, IndexCare.Patience).TightenAsync(now, cancellationToken);
    }

    private async Task TryMaintainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MaintainAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            Log.MaintenanceFailed(logger, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop: the unfinished part is the next start's first round.
            return;
        }
    }
}
