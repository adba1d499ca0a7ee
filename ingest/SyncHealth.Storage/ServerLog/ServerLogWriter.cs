using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Storage.ServerLog;

/// <summary>Keeps the latest of what an app's sync server says of each device. Any order of arrival and any resend leave the same.</summary>
public sealed class ServerLogWriter(NpgsqlDataSource dataSource, ILogger<ServerLogWriter> logger)
{
    private static readonly string WriteSql = SqlFile.Beside<ServerLogWriter>("WriteServerLog");

    /// <summary>Writes what the server of <paramref name="app"/> said, durably, or nothing of it.</summary>
    /// <param name="app">Name of the app; one that is not known yet becomes known.</param>
    /// <param name="contacts">In any order.</param>
    /// <param name="now">The present, on the shared clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ServerLogReceipt> WriteAsync(string app, IReadOnlyList<ServerContact> contacts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contacts);
        if (contacts.Count == 0)
            return new ServerLogReceipt(WriteStatus.Committed, []);
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var erased = (await connection.QueryAsync<int>(new CommandDefinition(WriteSql, ColumnsOf(app, contacts, now), transaction, cancellationToken: cancellationToken))).AsList();
            await transaction.CommitAsync(cancellationToken);
            return new ServerLogReceipt(WriteStatus.Committed, erased);
        }
        catch (NpgsqlException exception)
        {
            Log.ServerLogFailed(logger, contacts.Count, exception);
            return new ServerLogReceipt(WriteStatus.Unavailable, []);
        }
    }

    private static object ColumnsOf(string app, IReadOnlyList<ServerContact> contacts, DateTimeOffset now) => new
    {
        Lock = ErasedKeys.WritersLock,
        App = app,
        Now = now.UtcDateTime,
        DeviceKeys = contacts.Select(contact => contact.DeviceKey).ToArray(),
        Ats = contacts.Select(contact => contact.At.UtcDateTime).ToArray(),
        Accepted = contacts.Select(contact => contact.Accepted).ToArray(),
    };
}
