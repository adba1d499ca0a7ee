using Npgsql;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Alerts;

public sealed class AlertReaderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private TestDatabase _database = null!;
    private AlertReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _reader = new AlertReader(_database.DataSource);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task ListActive_SeveralStates_LeavesOutRestingOnesAndPutsTheMostSevereFirst()
    {
        await InsertAsync("slow", "notes", "warning", "firing");
        await InsertAsync("failing", "notes", "critical", "pending");
        await InsertAsync("queue", "notes", "ticket", "resolved");
        await InsertAsync("failing", "mail", "critical", "firing");

        var active = await _reader.ListActiveAsync(null, CancellationToken.None);

        Assert.Equal([("failing", "mail"), ("failing", "notes"), ("slow", "notes")], active.Select(alert => (alert.Rule, alert.App)));
        Assert.Equal(91.2, active[0].Value);
        Assert.Equal(Noon, active[0].Since);
    }

    [Fact]
    public async Task ListActive_OfOneApp_ShowsNoOther()
    {
        await InsertAsync("failing", "notes", "critical", "firing");
        await InsertAsync("failing", "mail", "critical", "firing");

        var alert = Assert.Single(await _reader.ListActiveAsync("mail", CancellationToken.None));

        Assert.Equal("mail", alert.App);
    }

    [Fact]
    public async Task ListHistory_Range_IsHalfOpenAndNewestFirst()
    {
        await InsertAsync("failing", "notes", "critical", "resolved");
        await ExecuteAsync("""
            insert into synchealth.alert_transition values
              (1, 1, 'inactive', 'pending', '2026-11-22T12:00Z', 'breach', 'critical', '{"n": 1}'),
              (1, 2, 'pending', 'firing', '2026-11-22T12:05Z', 'breach', 'critical', '{"n": 2}'),
              (1, 3, 'firing', 'resolved', '2026-11-22T12:30Z', 'recovered', 'critical', '{"n": 3}')
            """);

        var history = await _reader.ListHistoryAsync("notes", Noon, Noon.AddMinutes(30), 10, CancellationToken.None);

        Assert.Equal(["firing", "pending"], history.Select(transition => transition.To));
        Assert.Equal("""{"n": 2}""", history[0].InputsJson);
    }

    [Fact]
    public async Task ListUnreachedRules_RuleWithoutReceiver_IsNamed()
    {
        await ExecuteAsync("""
            insert into synchealth.alert_rule values
              ('failing', 'critical', '{}', '{pagerduty}', '2026-11-22T12:00Z'),
              ('slow', 'warning', '{}', '{}', '2026-11-22T12:00Z')
            """);

        Assert.Equal(["slow"], await _reader.ListUnreachedRulesAsync(CancellationToken.None));
    }

    private Task InsertAsync(string rule, string app, string severity, string status) => ExecuteAsync($$"""
        insert into synchealth.alert (rule, app_name, segment, severity, status, since, episode, last_seq, version, state,
                                      metric_value, threshold, unit, attempts, devices, evaluated_at)
        values ('{{rule}}', '{{app}}', '{}', '{{severity}}', '{{status}}', '2026-11-22T12:00Z', 1, 1, 1, '{}',
                91.2, 95, 'percent', 4000, 212, '2026-11-22T12:01Z')
        """);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, await _database.DataSource.OpenConnectionAsync());
        await using (command.Connection)
            await command.ExecuteNonQueryAsync();
    }
}
