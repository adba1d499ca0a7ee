using System.Text.Json;
using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>The receivers that the sending process runs, for readers in other processes.</summary>
public sealed class ReceiverStore(NpgsqlDataSource dataSource)
{
    private static readonly string ReplaceReceivers = SqlFile.Beside<ReceiverStore>("ReplaceReceivers");
    private static readonly string ListReceivers = SqlFile.Beside<ReceiverStore>("ListReceivers");
    private static readonly string EnableReceiver = SqlFile.Beside<ReceiverStore>("EnableReceiver");

    /// <summary>Replaces the stored receivers; one that was switched off is on again.</summary>
    /// <param name="receivers">All of them.</param>
    /// <param name="wallNow">Wall clock.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task ReplaceAsync(IReadOnlyList<ReceiverSave> receivers, DateTimeOffset wallNow, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReplaceReceivers);
        command.Parameters.AddWithValue("receivers", receivers.Select(receiver => receiver.Name).ToArray());
        command.Parameters.AddWithValue("types", receivers.Select(receiver => receiver.Type).ToArray());
        command.Parameters.AddWithValue("targets", receivers.Select(receiver => receiver.Target).ToArray());
        command.Parameters.AddWithValue("has_secrets", receivers.Select(receiver => receiver.HasSecret).ToArray());
        command.Parameters.AddWithValue("fallbacks", receivers.Select(receiver => receiver.Fallback ?? "").ToArray());
        command.Parameters.AddWithValue("loaded_at", wallNow.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All receivers, by name.</summary>
    /// <param name="now">Shared clock: a notification is due when its rule's waiting time is over.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<IReadOnlyList<ReceiverSummary>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListReceivers);
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        return await command.ReadAllAsync(
            row => new ReceiverSummary(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), TextOf(row, 4), TextOf(row, 5), row.GetInt64(6),
                row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
                JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(8))!),
            cancellationToken);
    }

    /// <summary>Switches a receiver on that was switched off.</summary>
    public async Task EnableAsync(string receiver, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EnableReceiver);
        command.Parameters.AddWithValue("receiver", receiver);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? TextOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
