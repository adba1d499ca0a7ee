using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>Who is on which incident.</summary>
public sealed class AcknowledgementStore(NpgsqlDataSource dataSource)
{
    private static readonly string AcknowledgeAlert = SqlFile.Beside<AcknowledgementStore>("AcknowledgeAlert");

    /// <summary>Says that somebody is on the open incident of an alert. The first who says so stays.</summary>
    /// <returns>Who is on it; null when the alert has no open incident.</returns>
    public async Task<string?> AddAsync(long alertId, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(AcknowledgeAlert);
        command.Parameters.AddWithValue("alert_id", alertId);
        command.Parameters.AddWithValue("by", by);
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
