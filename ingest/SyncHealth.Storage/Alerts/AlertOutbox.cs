using Npgsql;
using NpgsqlTypes;

namespace SyncHealth.Storage.Alerts;

/// <summary>The notifications that still have to be told: leased by senders, several of which may run.</summary>
public sealed class AlertOutbox(NpgsqlDataSource dataSource)
{
    private static readonly string LeaseNotification = SqlFile.Beside<AlertOutbox>("LeaseNotification");
    private static readonly string RecordOutcome = SqlFile.Beside<AlertOutbox>("RecordOutcome");
    private static readonly string ResendNotification = SqlFile.Beside<AlertOutbox>("ResendNotification");
    private static readonly string ExpireNotifications = SqlFile.Beside<AlertOutbox>("ExpireNotifications");

    /// <summary>Leases the next notification of a receiver, or null when none is due.</summary>
    /// <param name="receiver">Name of the receiver.</param>
    /// <param name="now">Shared clock: what the rule's waiting time is measured on.</param>
    /// <param name="wallNow">Wall clock: what retries and leases are measured on.</param>
    /// <param name="lease">How long nobody else may send it.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<LeasedNotification?> LeaseAsync(
        string receiver, DateTimeOffset now, DateTimeOffset wallNow, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LeaseNotification);
        command.Parameters.AddWithValue("receiver", receiver);
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        command.Parameters.AddWithValue("wall_now", wallNow.ToUniversalTime());
        command.Parameters.AddWithValue("leased_until", (wallNow + lease).ToUniversalTime());
        return (await command.ReadAllAsync(Read, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Records how an attempt ended, and passes on to the receiver's fallback what was refused for good.</summary>
    public async Task<RecordedOutcome> RecordAsync(LeasedNotification leased, NotificationOutcome outcome, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RecordOutcome);
        command.Parameters.AddWithValue("alert_id", leased.AlertId);
        command.Parameters.AddWithValue("seq", leased.Sequence);
        command.Parameters.AddWithValue("receiver", leased.Receiver);
        command.Parameters.AddWithValue("kind", leased.Kind);
        command.Parameters.AddWithValue("fence", leased.Fence);
        command.Parameters.AddWithValue("status", outcome.Status);
        command.Parameters.AddWithValue("in_doubt", outcome.MayHaveArrived);
        command.Parameters.AddWithValue("detail", outcome.Detail);
        command.Parameters.AddWithValue("at", outcome.At.ToUniversalTime());
        command.Parameters.AddWithValue("took_ms", (int)outcome.Took.TotalMilliseconds);
        command.Parameters.AddWithValue("said", outcome.Said);
        command.Parameters.AddWithValue("next_attempt_at", outcome.NextAttemptAt.ToUniversalTime());
        command.Parameters.Add(new NpgsqlParameter("reference", NpgsqlDbType.Text) { Value = outcome.Reference ?? (object)DBNull.Value });
        command.Parameters.AddWithValue("disables", outcome.Disables);
        return (await command.ReadAllAsync(row => new RecordedOutcome(row.GetInt64(0) == 1, row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken)).Single();
    }

    /// <summary>Lets a notification that was refused or given up wait once more. False when its incident is over by now, or it arrived.</summary>
    public async Task<bool> ResendAsync(LoggedDelivery delivery, DateTimeOffset wallNow, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        await using var command = dataSource.CreateCommand(ResendNotification);
        command.Parameters.AddWithValue("alert_id", delivery.AlertId);
        command.Parameters.AddWithValue("seq", delivery.Sequence);
        command.Parameters.AddWithValue("receiver", delivery.Receiver);
        command.Parameters.AddWithValue("kind", delivery.Kind);
        command.Parameters.AddWithValue("wall_now", wallNow.ToUniversalTime());
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    /// <summary>Gives up on what has waited too long, whoever its receiver is or was; returns how many.</summary>
    public async Task<long> ExpireAsync(DateTimeOffset wallNow, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ExpireNotifications);
        command.Parameters.AddWithValue("wall_now", wallNow.ToUniversalTime());
        command.Parameters.AddWithValue("created_before", (wallNow - maxAge).ToUniversalTime());
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static LeasedNotification Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetString(5),
        row.GetInt64(6), row.GetInt32(7), row.GetBoolean(8), row.IsDBNull(9) ? null : row.GetString(9),
        row.GetFieldValue<DateTimeOffset>(10), row.GetFieldValue<DateTimeOffset>(11),
        TextOf(row, 12), TextOf(row, 13), TextOf(row, 14));

    private static string? TextOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
