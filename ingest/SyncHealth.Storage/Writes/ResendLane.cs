using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>Writes requests that are likely to hold repeats: stages their rows, inserts what is new, and finds the twins of the rest.</summary>
internal sealed class ResendLane
{
    private static readonly CopyCommand Stage = new("CopyStaged");
    private static readonly string Insert = SqlFile.Beside<ResendLane>("InsertStaged");
    private static readonly string ReadKept = SqlFile.Beside<ResendLane>("ReadKeptBodies");
    private static readonly string FindKnown = SqlFile.Beside<ResendLane>("FindKnown");

    private readonly EventEncoder _encoder = new();

    /// <summary>Inserts the staged requests' rows and settles the fate of each.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, WriteGroup group, CopyBuffer buffer, CancellationToken cancellationToken)
    {
        if (!group.HasStaged)
            return;
        _encoder.Encode(group, staged: true, buffer);
        await Stage.RunAsync(connection, buffer, cancellationToken);
        group.AssumeStagedKnown();
        var added = 0;
        foreach (var (deviceKey, deviceAt, eventHash) in await connection.QueryAsync<(long, DateTime, long)>(
            new CommandDefinition(Insert, cancellationToken: cancellationToken)))
        {
            group.MarkNew(deviceKey, PgTime.FromDateTime(deviceAt), eventHash);
            added++;
        }

        if (added < buffer.Rows)
            await ReadKeptAsync(connection, group, cancellationToken);
    }

    /// <summary>Moves the requests that hold committed events into this lane.</summary>
    public static async Task StageKnownAsync(NpgsqlConnection connection, WriteGroup group, CancellationToken cancellationToken)
    {
        var identities = new
        {
            DeviceKeys = group.Rows.Select(row => row.DeviceKey).ToArray(),
            DeviceAts = group.Rows.Select(row => PgTime.ToDateTime(row.DeviceAt)).ToArray(),
            EventHashes = group.Rows.Select(row => row.EventHash).ToArray(),
        };
        foreach (var position in await connection.QueryAsync<long>(new CommandDefinition(FindKnown, identities, cancellationToken: cancellationToken)))
            group.Requests[group.Rows[position - 1].Request].IsStaged = true;
    }

    private static async Task ReadKeptAsync(NpgsqlConnection connection, WriteGroup group, CancellationToken cancellationToken)
    {
        foreach (var (deviceKey, deviceAt, eventHash, bodyHash) in await connection.QueryAsync<(long, DateTime, long, int)>(
            new CommandDefinition(ReadKept, cancellationToken: cancellationToken)))
            group.MarkKept(deviceKey, PgTime.FromDateTime(deviceAt), eventHash, bodyHash);
    }
}
