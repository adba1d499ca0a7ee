using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace SyncHealth.Storage.Alerts;

/// <summary>Reads alerts from Postgres.</summary>
public sealed class AlertReader(NpgsqlDataSource dataSource) : IAlertReader
{
    private static readonly string LastRound = SqlFile.Beside<AlertReader>("LastRound");
    private static readonly string ListActive = SqlFile.Beside<AlertReader>("ListActive");
    private static readonly string ListAsOf = SqlFile.Beside<AlertReader>("ListAsOf");
    private static readonly string ListHistory = SqlFile.Beside<AlertReader>("ListHistory");
    private static readonly string ListUnreachedRules = SqlFile.Beside<AlertReader>("ListUnreachedRules");

    public async Task<IReadOnlyList<AlertSummary>> ListActiveAsync(string? app, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListActive);
        AddApp(command, app);
        return await command.ReadAllAsync(ReadSummary, cancellationToken);
    }

    public async Task<IReadOnlyList<AlertTransitionSummary>> ListHistoryAsync(
        string? app, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListHistory);
        AddApp(command, app);
        command.Parameters.AddWithValue("from", from.ToUniversalTime());
        command.Parameters.AddWithValue("to", to.ToUniversalTime());
        command.Parameters.AddWithValue("limit", limit);
        return await command.ReadAllAsync(ReadTransition, cancellationToken);
    }

    public async Task<IReadOnlyList<AlertTransitionSummary>> ListAsOfAsync(string? app, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListAsOf);
        AddApp(command, app);
        command.Parameters.AddWithValue("at", at.ToUniversalTime());
        return await command.ReadAllAsync(ReadTransition, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ListUnreachedRulesAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListUnreachedRules);
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken);
    }

    public async Task<DateTimeOffset?> ReadLastRoundAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LastRound);
        return (await command.ReadAllAsync(row => (DateTimeOffset?)row.GetFieldValue<DateTimeOffset>(0), cancellationToken)).SingleOrDefault();
    }

    private static void AddApp(NpgsqlCommand command, string? app) =>
        command.Parameters.Add(new NpgsqlParameter("app", NpgsqlDbType.Text) { Value = app ?? (object)DBNull.Value });

    private static AlertSummary ReadSummary(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), Segment.Parse(row.GetString(2)), row.GetString(3), row.GetString(4),
        row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : row.GetDouble(6), row.GetDouble(7), row.GetString(8),
        row.GetInt64(9), row.GetInt64(10), row.GetFieldValue<DateTimeOffset>(11), row.GetString(12))
    {
        Id = row.GetInt64(13),
        Muted = row.IsDBNull(14) ? null : row.GetString(14),
        AcknowledgedBy = row.IsDBNull(15) ? null : row.GetString(15),
        AcknowledgedAt = row.IsDBNull(16) ? null : row.GetFieldValue<DateTimeOffset>(16),
        GoesTo = JsonSerializer.Deserialize<AlertDestination[]>(row.GetString(17), JsonSerializerOptions.Web) ?? [],
    };

    private static AlertTransitionSummary ReadTransition(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), Segment.Parse(row.GetString(2)), row.GetString(3),
        row.GetString(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), row.GetString(7), row.GetString(8), row.GetString(9));
}
