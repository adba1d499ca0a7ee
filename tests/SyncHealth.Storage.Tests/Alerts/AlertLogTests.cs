using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Storage.Tests.Alerts;

public sealed class AlertLogTests : IAsyncLifetime
{
    private AlertStage _stage = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await AlertStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task ListTransitions_Range_IsHalfOpenNewestFirstAndOfTheApp()
    {
        await _stage.Store.SaveAsync(AlertStage.Save(opening: true, 0), Token);
        await _stage.Store.SaveAsync(AlertStage.Save(opening: false, 1) with { EvaluatedAt = AlertStage.Noon.AddMinutes(9) }, Token);
        await _stage.Store.SaveAsync(AlertStage.Save(opening: true, 0) with { App = "mail" }, Token);

        var all = await ListAsync(AlertStage.Noon, AlertStage.Noon.AddMinutes(10));
        var before = await ListAsync(AlertStage.Noon, AlertStage.Noon.AddMinutes(9));

        Assert.Equal(["resolved", "firing"], all.Select(logged => logged.Transition.To));
        Assert.Equal(("percent", 95, """{"verdict": "breach"}"""), (all[0].Unit, all[0].Threshold, all[0].Transition.InputsJson));
        Assert.Equal("firing", Assert.Single(before).Transition.To);
        Assert.Equal("resolved", Assert.Single(await _stage.Log.ListTransitionsAsync("notes", AlertStage.Noon, AlertStage.Noon.AddHours(1), 1, Token)).Transition.To);
    }

    [Fact]
    public async Task ListDeliveries_EveryReceiver_ShowsHowItStands()
    {
        await _stage.Store.SaveAsync(AlertStage.Save(opening: true, 0, "pagerduty", "slack"), Token);
        var leased = (await _stage.LeaseAsync("pagerduty", AlertStage.Noon))!;
        Assert.True(await _stage.RecordAsync(leased, "delivered", reference: "PD-1"));

        var deliveries = await _stage.Log.ListDeliveriesAsync("notes", AlertStage.Noon, AlertStage.Noon.AddSeconds(1), 10, Token);

        Assert.Equal([("pagerduty", "delivered", "PD-1", 1), ("slack", "waiting", null, 0)], deliveries.Select(d => (d.Receiver, d.Status, d.Reference, d.Attempts)));
        Assert.Equal("said so", deliveries[0].Detail);
        Assert.NotNull(deliveries[0].FinishedAt);
        Assert.Null(deliveries[1].FinishedAt);
        Assert.Empty(await _stage.Log.ListDeliveriesAsync("mail", AlertStage.Noon, AlertStage.Noon.AddSeconds(1), 10, Token));
    }

    [Fact]
    public async Task ListDeliveries_EachAttempt_HasItsOutcomeAndOneThatWasTakenOverHasNone()
    {
        await _stage.Store.SaveAsync(AlertStage.Save(opening: true, 0, "pagerduty"), Token);
        var first = (await _stage.LeaseAsync("pagerduty", AlertStage.Noon))!;
        Assert.True(await RecordAsync(first, "waiting", "503 try later", 1500));
        var lost = (await _stage.LeaseAsync("pagerduty", AlertStage.Noon.AddMinutes(5)))!;
        var last = (await _stage.LeaseAsync("pagerduty", AlertStage.Noon.AddHours(1)))!;
        Assert.False(await RecordAsync(lost, "delivered", "too late", 1));
        Assert.True(await RecordAsync(last, "delivered", "202 accepted", 250));

        var delivery = Assert.Single(await _stage.Log.ListDeliveriesAsync("notes", AlertStage.Noon, AlertStage.Noon.AddSeconds(1), 10, Token));

        Assert.Equal(
            [new LoggedAttempt(1, AlertStage.Noon, 1500, "retry", "FIRING notes", "503 try later"), new LoggedAttempt(3, AlertStage.Noon, 250, "delivered", "FIRING notes", "202 accepted")],
            delivery.Tries);
        Assert.Equal(3, delivery.Attempts);
    }

    [Fact]
    public async Task ListRules_Loaded_HaveReceiversAndTheirOwnRunbook()
    {
        await _stage.Store.ReplaceRulesAsync(
            [Rule("slow", """{"runbook":"https://wiki.example/slow"}"""), Rule("failing", "{}", "pagerduty", "slack")], AlertStage.Noon, Token);

        var rules = await _stage.Log.ListRulesAsync(Token);

        Assert.Equal([("failing", null), ("slow", "https://wiki.example/slow")], rules.Select(rule => (rule.Name, rule.Runbook)));
        Assert.Equal(["pagerduty", "slack"], rules[0].Receivers);
    }

    private async Task<bool> RecordAsync(LeasedNotification leased, string status, string detail, int tookMs) => (await _stage.Outbox.RecordAsync(
        leased,
        new NotificationOutcome(status, false, detail, AlertStage.Noon, AlertStage.Noon.AddMinutes(5), null) { Took = TimeSpan.FromMilliseconds(tookMs), Said = "FIRING notes" },
        Token)).IsRecorded;

    private static RuleSave Rule(string name, string definition, params string[] receivers) => new(name, "critical", definition, receivers, new Dictionary<string, string>());

    private Task<IReadOnlyList<LoggedTransition>> ListAsync(DateTimeOffset from, DateTimeOffset to) => _stage.Log.ListTransitionsAsync("notes", from, to, 10, Token);
}
