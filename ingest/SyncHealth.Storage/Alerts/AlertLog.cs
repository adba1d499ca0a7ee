using System.Text.Json;
using Npgsql;

namespace SyncHealth.Storage.Alerts;

/// <summary>Reads transitions, notifications and rules from Postgres.</summary>
public sealed class AlertLog(NpgsqlDataSource dataSource) : IAlertLog
{
    private static readonly string LogTransitions = SqlFile.Beside<AlertLog>("LogTransitions");
    private static readonly string LogDeliveries = SqlFile.Beside<AlertLog>("LogDeliveries");
    private static readonly string LogRules = SqlFile.Beside<AlertLog>("LogRules");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LoggedTransition>> ListTransitionsAsync(
        string app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(LogTransitions, app, from, to, limit);
        return await command.ReadAllAsync(
            row => new LoggedTransition(
                new AlertTransitionSummary(
                    row.GetString(0), row.GetString(1), Segment.Parse(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetString(5),
                    row.GetFieldValue<DateTimeOffset>(6), row.GetString(7), row.GetString(8), row.GetString(9)),
                row.GetString(10), row.GetDouble(11)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LoggedDelivery>> ListDeliveriesAsync(
        string app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(LogDeliveries, app, from, to, limit);
        return await command.ReadAllAsync(
            row => new LoggedDelivery(
                row.GetString(0), Segment.Parse(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
                row.GetInt32(9), row.GetBoolean(10), row.GetString(11), row.IsDBNull(12) ? null : row.GetString(12))
            {
                AlertId = row.GetInt64(13), Sequence = row.GetInt32(14), NextAttemptAt = row.GetFieldValue<DateTimeOffset>(15), IsOpen = row.GetBoolean(16),
                Tries = JsonSerializer.Deserialize<LoggedAttempt[]>(row.GetString(17), JsonSerializerOptions.Web)!,
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LoggedRule>> ListRulesAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LogRules);
        return await command.ReadAllAsync(
            row => new LoggedRule(row.GetString(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.IsDBNull(3) ? null : row.GetString(3)) { Yaml = row.GetString(4) },
            cancellationToken);
    }

    private NpgsqlCommand Command(string sql, string app, DateTimeOffset from, DateTimeOffset to, int limit)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.AddWithValue("app", app);
        command.Parameters.AddWithValue("from", from.ToUniversalTime());
        command.Parameters.AddWithValue("to", to.ToUniversalTime());
        command.Parameters.AddWithValue("limit", limit);
        return command;
    }
}
