using Npgsql;
using NpgsqlTypes;

namespace SyncHealth.Storage.Alerts;

/// <summary>Keeps alert instances: state, transition and notifications of an evaluation are written in one transaction, or not at all.</summary>
public sealed class AlertStore(NpgsqlDataSource dataSource)
{
    private static readonly string LoadAlerts = SqlFile.Beside<AlertStore>("LoadAlerts");
    private static readonly string LoadChangedAlerts = SqlFile.Beside<AlertStore>("LoadChangedAlerts");
    private static readonly string SaveAlert = SqlFile.Beside<AlertStore>("SaveAlert");
    private static readonly string SaveAlerts = SqlFile.Beside<AlertStore>("SaveAlerts");
    private static readonly string InsertTransition = SqlFile.Beside<AlertStore>("InsertTransition");
    private static readonly string InsertTrigger = SqlFile.Beside<AlertStore>("InsertTrigger");
    private static readonly string InsertResolve = SqlFile.Beside<AlertStore>("InsertResolve");
    private static readonly string InsertUpdate = SqlFile.Beside<AlertStore>("InsertUpdate");
    private static readonly string ForgetAlert = SqlFile.Beside<AlertStore>("ForgetAlert");
    private static readonly string ReplaceRules = SqlFile.Beside<AlertStore>("ReplaceRules");

    /// <summary>All instances of rules, and their groups.</summary>
    public Task<IReadOnlyList<StoredAlert>> LoadAsync(CancellationToken cancellationToken) => LoadAsync(["threshold", "no_data", "late", "group"], cancellationToken);

    /// <summary>The digests that were told, by app.</summary>
    public Task<IReadOnlyList<StoredAlert>> LoadDigestsAsync(CancellationToken cancellationToken) => LoadAsync(["digest"], cancellationToken);

    /// <summary>The instances of a class that alerting has about the platform itself: <c>ingest_down</c> or <c>rules_refused</c>.</summary>
    public Task<IReadOnlyList<StoredAlert>> LoadOwnAsync(string @class, CancellationToken cancellationToken) => LoadAsync([@class], cancellationToken);

    private async Task<IReadOnlyList<StoredAlert>> LoadAsync(string[] classes, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LoadAlerts);
        command.Parameters.AddWithValue("classes", classes);
        return await command.ReadAllAsync(ReadAlert, cancellationToken);
    }

    /// <summary>The instances of rules, and their groups, that were written since an earlier answer; one that was deleted since is not among them.</summary>
    /// <param name="since"><see cref="ChangedAlerts.UpTo"/> of that answer, or <see cref="ChangedAlerts.Beginning"/>.</param>
    /// <param name="again">Rules of which all instances are wanted, whenever they were written.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<ChangedAlerts> LoadChangedAsync(string since, IReadOnlyCollection<string> again, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LoadChangedAlerts);
        command.Parameters.AddWithValue("since", since);
        command.Parameters.AddWithValue("again", again.ToArray());
        var rows = await command.ReadAllAsync(row => (Alert: ReadAlert(row), UpTo: row.GetString(7)), cancellationToken);
        return new ChangedAlerts([.. rows.Select(row => row.Alert)], rows is [var first, ..] ? first.UpTo : since);
    }

    /// <summary>Saves evaluations that moved nothing and have nothing to tell; false when another evaluator saved one of them meanwhile, which stays as it is.</summary>
    public async Task<bool> SaveAsync(IReadOnlyList<AlertSave> quiet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(quiet);
        await using var command = dataSource.CreateCommand(SaveAlerts);
        command.Parameters.AddWithValue("alerts", AlertRows.Write(quiet));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == quiet.Count;
    }

    /// <summary>Saves an evaluation; false when another evaluator saved this instance meanwhile, and nothing was written.</summary>
    public async Task<bool> SaveAsync(AlertSave save, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await SaveRowAsync(connection, save, cancellationToken) is not { } alertId)
            return false;
        if (save.Transition is { } change)
            await InsertTransitionAsync(connection, alertId, save, change, cancellationToken);
        if (save.Notices is { Receivers.Count: > 0 } notices)
            await InsertNotificationsAsync(connection, alertId, save, notices, cancellationToken);

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Forgets a quiet instance and its history; false when it was written meanwhile, is open, or has something to tell.</summary>
    public async Task<bool> ForgetAsync(
        string rule, string app, IReadOnlyDictionary<string, string> segment, string alertClass, long version, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ForgetAlert);
        command.Parameters.AddWithValue("rule", rule);
        command.Parameters.AddWithValue("app", app);
        command.Parameters.AddWithValue("segment", Segment.Format(segment));
        command.Parameters.AddWithValue("class", alertClass);
        command.Parameters.AddWithValue("version", version);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    /// <summary>Replaces the stored rules by those of this process.</summary>
    public async Task ReplaceRulesAsync(IReadOnlyList<RuleSave> rules, DateTimeOffset loadedAt, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReplaceRules);
        command.Parameters.AddWithValue("names", rules.Select(rule => rule.Name).ToArray());
        command.Parameters.AddWithValue("severities", rules.Select(rule => rule.Severity).ToArray());
        command.Parameters.AddWithValue("definitions", rules.Select(rule => rule.DefinitionJson).ToArray());
        command.Parameters.AddWithValue("receivers", rules.Select(rule => string.Join(',', rule.Receivers)).ToArray());
        command.Parameters.AddWithValue("labels", rules.Select(rule => Segment.Format(rule.Labels)).ToArray());
        command.Parameters.AddWithValue("yamls", rules.Select(rule => rule.Yaml).ToArray());
        command.Parameters.AddWithValue("loaded_at", loadedAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long?> SaveRowAsync(NpgsqlConnection connection, AlertSave save, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SaveAlert, connection);
        command.Parameters.AddWithValue("rule", save.Rule);
        command.Parameters.AddWithValue("app", save.App);
        command.Parameters.AddWithValue("segment", Segment.Format(save.Segment));
        command.Parameters.AddWithValue("class", save.Class);
        command.Parameters.AddWithValue("severity", save.Severity);
        command.Parameters.AddWithValue("status", save.Status);
        command.Parameters.AddWithValue("since", save.Since.ToUniversalTime());
        command.Parameters.AddWithValue("episode", save.Episode);
        command.Parameters.AddWithValue("seq", save.Sequence);
        command.Parameters.AddWithValue("version", save.Version);
        command.Parameters.AddWithValue("state", save.StateJson);
        command.Parameters.Add(new NpgsqlParameter("metric_value", NpgsqlDbType.Double) { Value = save.Value ?? (object)DBNull.Value });
        command.Parameters.AddWithValue("threshold", save.Threshold);
        command.Parameters.AddWithValue("unit", save.Unit);
        command.Parameters.AddWithValue("attempts", save.Attempts);
        command.Parameters.AddWithValue("devices", save.Devices);
        command.Parameters.AddWithValue("labels", Segment.Format(save.Labels));
        command.Parameters.AddWithValue("goes_to", save.GoesToJson);
        command.Parameters.Add(new NpgsqlParameter("muted", NpgsqlDbType.Text) { Value = save.Muted ?? (object)DBNull.Value });
        command.Parameters.AddWithValue("evaluated_at", save.EvaluatedAt.ToUniversalTime());
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task InsertTransitionAsync(
        NpgsqlConnection connection, long alertId, AlertSave save, TransitionSave change, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(InsertTransition, connection);
        command.Parameters.AddWithValue("alert_id", alertId);
        command.Parameters.AddWithValue("seq", save.Sequence);
        command.Parameters.AddWithValue("from_status", change.From);
        command.Parameters.AddWithValue("to_status", save.Status);
        command.Parameters.AddWithValue("at", save.EvaluatedAt.ToUniversalTime());
        command.Parameters.AddWithValue("reason", change.Reason);
        command.Parameters.AddWithValue("severity", save.Severity);
        command.Parameters.AddWithValue("inputs", change.InputsJson);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task InsertNotificationsAsync(
        NpgsqlConnection connection, long alertId, AlertSave save, NoticeSave notices, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlOf(notices.Kind), connection);
        command.Parameters.AddWithValue("alert_id", alertId);
        command.Parameters.AddWithValue("seq", save.Sequence);
        command.Parameters.AddWithValue("episode", notices.Episode);
        command.Parameters.AddWithValue("message", notices.MessageJson);
        command.Parameters.AddWithValue("receivers", notices.Receivers.ToArray());
        command.Parameters.AddWithValue("visible_at", (notices.VisibleAtEach ?? [.. notices.Receivers.Select(_ => notices.VisibleAt)]).Select(at => at.ToUniversalTime()).ToArray());
        command.Parameters.AddWithValue("created_at", notices.CreatedAt.ToUniversalTime());
        if (notices.Kind != "resolve")
            command.Parameters.AddWithValue("kind", notices.Kind);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static StoredAlert ReadAlert(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), Segment.Parse(row.GetString(2)), row.GetString(5), row.GetInt64(3), row.GetString(4)) { AcknowledgedBy = row.IsDBNull(6) ? null : row.GetString(6) };

    private static string SqlOf(string kind) => kind switch
    {
        "trigger" or "digest" => InsertTrigger,
        "resolve" => InsertResolve,
        _ => InsertUpdate,
    };
}
