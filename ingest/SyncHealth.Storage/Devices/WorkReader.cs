using Dapper;
using Npgsql;
using SyncHealth.Storage.ServerLog;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Devices;

/// <summary>Reads the standing of a device's work from its state and its kept events, reports that are not folded yet included, and from the server's own log.</summary>
public sealed class WorkReader(NpgsqlDataSource dataSource, IDeviceDirectory devices) : IWorkReader
{
    private static readonly string WorkFactsSql = SqlFile.Beside<WorkReader>("WorkFacts");

    /// <inheritdoc/>
    public async Task<WorkStanding?> ReadAsync(string app, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await devices.ReadFactsAsync(app, key, cancellationToken) is not { } device)
            return null;
        var deviceKey = DeviceKeyText.Parse(key)!.Value;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<WorkFactsRow>(new CommandDefinition(
            WorkFactsSql, new { app, key = deviceKey, now = now.UtcDateTime }, cancellationToken: cancellationToken));
        var server = await ServerWordReader.ReadAsync(connection, app, deviceKey, cancellationToken);
        return WorkStanding.Of(
            new WorkFacts
            {
                Key = device.Key,
                LastSeenAt = device.LastSeenAt,
                LastSuccessAt = device.LastSuccessAt,
                QueueDepth = device.QueueDepth,
                OldestPendingAt = device.OldestPendingAt,
                MissingEvents = device.MissingEvents,
                IdleSuccesses = row.IdleSuccesses,
                Discarded = Count(row.Discarded, row.DiscardedAt),
                Rejected = Count(row.Rejected, row.RejectedAt),
                Overwritten = Count(row.Overwritten, row.OverwrittenAt),
                Server = server,
            },
            now);
    }

    private static WorkCount Count(long items, DateTime? at) => new(items, at is { } time ? VitalsReader.Utc(time) : null);
}
