using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.Storage.Fold;

namespace SyncHealth.Storage.Vitals;

/// <summary>Every five minutes of the shared clock: writes down where the fleet stands, for history and for whoever asks next, and learns how late events arrive. Any number of processes may run it.</summary>
public sealed class FleetSnapshotLoop(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<FleetSnapshotLoop> logger)
{
    /// <summary>Distance of two snapshots; <c>synchealth.fleet_at</c> bridges two of them.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>How long snapshots are kept: a quarter, for comparisons with the last release but one.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>Arrivals that lags are learned from: four of every hour of the week.</summary>
    public static readonly TimeSpan LagMemory = TimeSpan.FromDays(28);

    /// <summary>Shortest real pause: on a fast shared clock the rounds would follow each other without one.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(1);

    /// <summary>How long snapshots by one dimension beyond core are kept off the hour: for the steps that people zoom into.</summary>
    public static readonly TimeSpan MarginMinutesRetention = TimeSpan.FromHours(48);

    /// <summary>Values of a dimension with rows of their own in a snapshot, those with the most devices: as many as an app may have versions.</summary>
    public const int MaxMarginValues = 200;

    /// <summary>Tags in a snapshot beside the promoted one: what a host asks its fleet by, not all it may send along.</summary>
    public const int MaxTags = 5;

    /// <summary>Values of such a tag with rows of their own. With five tags a snapshot grows by a hundred rows at most for each environment.</summary>
    public const int MaxTagValues = 20;

    /// <summary>Devices of an app from which on its devices are added up every five minutes instead of by whoever asks, some forty microseconds each: below, a fifth of a second.</summary>
    public const long LargeFleet = 5_000;

    private static readonly string TakeSnapshot = SqlFile.Beside<FleetSnapshotLoop>("TakeSnapshot");
    private static readonly string TakeMargins = SqlFile.Beside<FleetSnapshotLoop>("TakeMargins");
    private static readonly string PruneMargins = SqlFile.Beside<FleetSnapshotLoop>("PruneMargins");
    private static readonly string TallyDevices = SqlFile.Beside<FleetSnapshotLoop>("TallyDevices");
    private static readonly string LearnLag = SqlFile.Beside<FleetSnapshotLoop>("LearnLag");
    private static readonly string PruneLags = SqlFile.Beside<FleetSnapshotLoop>("PruneLags");
    private static readonly string PruneSnapshots = SqlFile.Beside<FleetSnapshotLoop>("PruneSnapshots");

    /// <summary>Takes snapshots until cancelled: the first at once, then at multiples of the interval.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TryTakeAsync(cancellationToken);
            await SharedInterval.WaitAsync(clock, UntilNext(), MinPause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes the snapshot of the clock's present moment, floored to the interval. A snapshot that exists is left alone.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var at = now.AddTicks(-(now.Ticks % Interval.Ticks));
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, TakeSnapshot, new { at }, cancellationToken);
        await ExecuteAsync(connection, LearnLag, new { from = now - LagMemory }, cancellationToken);
        await ExecuteAsync(connection, PruneLags, new { before = now - LagMemory }, cancellationToken);
        await ExecuteAsync(connection, PruneSnapshots, new { before = now - Retention }, cancellationToken);
        await FleetStandings.RefreshAsync(connection, at, cancellationToken);
        await TallyDevicesAsync(connection, at, LargeFleet, cancellationToken);
        await ExecuteAsync(connection, TakeMargins, new { at, maxValues = MaxMarginValues, maxTags = MaxTags, maxTagValues = MaxTagValues }, cancellationToken);
        await ExecuteAsync(connection, PruneMargins, new { before = now - Retention, minutesBefore = now - MarginMinutesRetention }, cancellationToken);
    }

    /// <summary>Adds up the devices of the apps that have so many. Once a day it reads what each did on thirty-five days, which takes as long as it takes.</summary>
    internal static Task TallyDevicesAsync(NpgsqlConnection connection, DateTime at, long leastDevices, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(TallyDevices, new { at, leastDevices }, commandTimeout: 0, cancellationToken: cancellationToken));

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, object arguments, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));

    private TimeSpan UntilNext() => Interval - TimeSpan.FromTicks(clock.GetUtcNow().Ticks % Interval.Ticks);

    private async Task TryTakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            Log.SnapshotFailed(logger, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop: the next start takes the next snapshot.
            return;
        }
    }
}
