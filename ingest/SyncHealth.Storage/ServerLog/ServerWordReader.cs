using Dapper;
using Npgsql;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.ServerLog;

/// <summary>Reads what an app's sync server said of one device.</summary>
internal static class ServerWordReader
{
    private static readonly string ServerWordSql = SqlFile.Beside<ServerWord>("ServerWord");

    /// <summary>The server's word; null when the app's server sends no log.</summary>
    public static async Task<ServerWord?> ReadAsync(NpgsqlConnection connection, string app, long deviceKey, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<ServerWordRow>(new CommandDefinition(
            ServerWordSql, new { app, key = deviceKey }, cancellationToken: cancellationToken));
        return row is null ? null : new ServerWord
        {
            LogSince = VitalsReader.Utc(row.LogSince),
            LogUntil = VitalsReader.Utc(row.LogUntil),
            HeardAt = Utc(row.HeardAt),
            AcceptedAt = Utc(row.AcceptedAt),
            AcceptedItems = row.AcceptedItems,
        };
    }

    private static DateTimeOffset? Utc(DateTime? time) => time is { } at ? VitalsReader.Utc(at) : null;
}
