using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>What requests bring beside events: quarantined ones and reported drops, written in the events' transaction. Nothing of who was erased.</summary>
internal static class SideRecords
{
    private static readonly string QuarantinedSql = SqlFile.Beside<WriteGroup>("InsertQuarantined");
    private static readonly string DropsSql = SqlFile.Beside<WriteGroup>("InsertDrops");

    public static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<WriteRequest> requests, ErasedKeys erased, CancellationToken cancellationToken)
    {
        var quarantined = Flatten(requests, batch => batch.Quarantined);
        quarantined.RemoveAll(row => erased.Holds(row.Item.DeviceKey, row.Item.UserKey));
        if (quarantined.Count > 0)
            await connection.ExecuteAsync(new CommandDefinition(QuarantinedSql, Columns(quarantined), cancellationToken: cancellationToken));
        var drops = Flatten(requests, batch => batch.Drops);
        drops.RemoveAll(row => erased.Holds(row.Item.DeviceKey, row.Item.UserKey));
        if (drops.Count > 0)
            await connection.ExecuteAsync(new CommandDefinition(DropsSql, Columns(drops), cancellationToken: cancellationToken));
    }

    private static List<(T Item, DateTime ReceivedAt)> Flatten<T>(IReadOnlyList<WriteRequest> requests, Func<EventBatch, List<T>> items)
    {
        var all = new List<(T, DateTime)>();
        foreach (var request in requests)
            foreach (var item in items(request.Batch))
                all.Add((item, request.Batch.ReceivedAt.UtcDateTime));
        return all;
    }

    private static object Columns(List<(QuarantinedEvent Item, DateTime ReceivedAt)> rows) => new
    {
        Apps = rows.Select(row => row.Item.App).ToArray(),
        DeviceKeys = rows.Select(row => row.Item.DeviceKey).ToArray(),
        DeviceAts = rows.Select(row => row.Item.DeviceAt.UtcDateTime).ToArray(),
        ReceivedAts = rows.Select(row => row.ReceivedAt).ToArray(),
        Codes = rows.Select(row => row.Item.Code).ToArray(),
        Bodies = rows.Select(row => row.Item.Json).ToArray(),
    };

    private static object Columns(List<(ReportedDrop Item, DateTime ReceivedAt)> rows) => new
    {
        Apps = rows.Select(row => row.Item.App).ToArray(),
        DeviceKeys = rows.Select(row => row.Item.DeviceKey).ToArray(),
        BatchHashes = rows.Select(row => row.Item.BatchHash).ToArray(),
        Reasons = rows.Select(row => row.Item.Reason).ToArray(),
        ReceivedAts = rows.Select(row => row.ReceivedAt).ToArray(),
        Counts = rows.Select(row => row.Item.Count).ToArray(),
        FirstSeqs = rows.Select(row => row.Item.Doubt?.FirstSeq ?? 0).ToArray(),
        LastSeqs = rows.Select(row => row.Item.Doubt?.LastSeq ?? 0).ToArray(),
        FirstAts = rows.Select(row => row.Item.Doubt?.FirstAt.UtcDateTime ?? row.ReceivedAt).ToArray(),
        LastAts = rows.Select(row => row.Item.Doubt?.LastAt.UtcDateTime ?? row.ReceivedAt).ToArray(),
    };
}
