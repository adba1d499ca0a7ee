using Npgsql;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing;

namespace SyncHealth.Storage.Tests.Alerts;

/// <summary>A store and an outbox on a database of their own, and the incident that tests save in it.</summary>
internal sealed class AlertStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly TestDatabase _database;

    private AlertStage(TestDatabase database)
    {
        _database = database;
        Store = new AlertStore(database.DataSource);
        Outbox = new AlertOutbox(database.DataSource);
        Reader = new AlertReader(database.DataSource);
        Log = new AlertLog(database.DataSource);
        Acknowledgements = new AcknowledgementStore(database.DataSource);
    }

    public AlertStore Store { get; }

    public AlertOutbox Outbox { get; }

    public AlertReader Reader { get; }

    public AlertLog Log { get; }

    public AcknowledgementStore Acknowledgements { get; }

    public static async Task<AlertStage> CreateAsync() => new(await TestDatabase.CreateAsync());

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>The beginning of an incident (transition 1), or its end (transition 2).</summary>
    public static AlertSave Save(bool opening, long version, params string[] receivers) => new()
    {
        Rule = "rate", App = "notes", Version = version, StateJson = """{"n":1}""", Severity = "critical",
        Status = opening ? "firing" : "resolved", Since = Noon, Episode = 1, Sequence = opening ? 1 : 2,
        Value = 91.2, Threshold = 95, Unit = "percent", Attempts = 1000, Devices = 212, EvaluatedAt = Noon,
        Transition = new TransitionSave(opening ? "inactive" : "firing", opening ? "breach" : "recovered", """{"verdict": "breach"}"""),
        Notices = new NoticeSave(1, opening ? "trigger" : "resolve", """{"text": "hello"}""", receivers, Noon, Noon),
    };

    public Task<LeasedNotification?> LeaseAsync(string receiver, DateTimeOffset wall) =>
        Outbox.LeaseAsync(receiver, Noon, wall, Lease, CancellationToken.None);

    public async Task<bool> RecordAsync(LeasedNotification leased, string status, bool mayHaveArrived = false, string? reference = null) => (await Outbox.RecordAsync(
        leased, new NotificationOutcome(status, mayHaveArrived, "said so", Noon, Noon.AddMinutes(5), reference), CancellationToken.None)).IsRecorded;

    public async Task<string[]> RowsAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return [.. rows];
    }

    /// <summary>A transaction of somebody else's that wrote and is not over.</summary>
    public async Task<NpgsqlTransaction> BeginAsync(string sql)
    {
        var connection = await _database.DataSource.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
        return transaction;
    }

    public Task<string[]> OutboxAsync() =>
        RowsAsync("select receiver || ' ' || kind || ' ' || status from synchealth.alert_notification order by seq, receiver");
}
