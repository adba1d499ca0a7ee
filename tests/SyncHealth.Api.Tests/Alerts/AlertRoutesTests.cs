using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SyncHealth.Storage;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Api.Tests.Alerts;

public sealed class AlertRoutesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _clock = new(Noon);
    private TestDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSyncHealthStorage(new StorageOptions { ConnectionString = _database.ConnectionString, DeviceKeyFile = "unused" });
        builder.Services.AddSyncHealthApi(new ApiOptions { LoopbackWithoutToken = true });
        _app = builder.Build();
        _app.MapSyncHealthApi();
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };

        var store = _app.Services.GetRequiredService<AlertStore>();
        await store.ReplaceRulesAsync([new RuleSave("rate", "critical", "{}", [], new Dictionary<string, string> { ["rule"] = "rate" })], Noon, CancellationToken.None);
        await store.SaveAsync(Firing("notes"), CancellationToken.None);
        await store.SaveAsync(Firing("mail"), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Alerts_OfOneApp_AreListedWithTheRulesThatReachNobody()
    {
        using var answer = await ReadAsync("/api/v1/alerts?app=notes");
        var alert = Assert.Single(answer.RootElement.GetProperty("alerts").EnumerateArray());

        Assert.Equal(("rate", "notes", "firing", 91.2), (Text(alert, "rule"), Text(alert, "app"), Text(alert, "state"), alert.GetProperty("value").GetDouble()));
        Assert.Equal(["rate"], answer.RootElement.GetProperty("unreachedRules").EnumerateArray().Select(rule => rule.GetString()));
    }

    [Fact]
    public async Task Alerts_OfAllApps_AreListed()
    {
        using var answer = await ReadAsync("/api/v1/alerts");

        Assert.Equal(["mail", "notes"], answer.RootElement.GetProperty("alerts").EnumerateArray().Select(alert => Text(alert, "app")));
    }

    [Fact]
    public async Task History_OfTheLastDay_HoldsTheInputsAsJson()
    {
        using var answer = await ReadAsync("/api/v1/alerts/history?app=notes");
        var transition = Assert.Single(answer.RootElement.GetProperty("transitions").EnumerateArray());

        Assert.Equal(("inactive", "firing", "breach"), (Text(transition, "from"), Text(transition, "to"), Text(transition, "reason")));
        Assert.Equal(1000, transition.GetProperty("inputs").GetProperty("measurement").GetProperty("attempts").GetInt32());
    }

    [Theory]
    [InlineData("from=2026-11-22T12:00:00Z&to=2026-11-22T13:00:00Z", 2)]
    [InlineData("from=2026-11-22T12:00:01Z&to=2026-11-22T13:00:00Z", 0)]
    [InlineData("to=2026-11-22T12:00:00Z", 0)]
    [InlineData("limit=1", 1)]
    public async Task History_Range_IsHalfOpenAndLimited(string query, int count)
    {
        using var answer = await ReadAsync("/api/v1/alerts/history?" + query);

        Assert.Equal(count, answer.RootElement.GetProperty("transitions").GetArrayLength());
    }

    /// <summary>N21: what on-call saw at noon, and what nobody saw a second before; what changed since does not show.</summary>
    [Fact]
    public async Task AsOf_AMomentOfThePast_IsWhatStoodThenWithItsEvidence()
    {
        var store = _app.Services.GetRequiredService<AlertStore>();
        await store.SaveAsync(
            Firing("notes") with { Version = 1, Status = "resolved", Sequence = 2, EvaluatedAt = Noon.AddMinutes(9), Transition = new TransitionSave("firing", "recovery", "{}") }, CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(1));

        using var then = await ReadAsync("/api/v1/alerts/as-of?app=notes&at=2026-11-22T12:05:00Z");
        using var before = await ReadAsync("/api/v1/alerts/as-of?app=notes&at=2026-11-22T11:59:59Z");
        using var after = await ReadAsync("/api/v1/alerts/as-of?at=2026-11-22T12:10:00Z");

        var alert = Assert.Single(then.RootElement.GetProperty("alerts").EnumerateArray());
        Assert.Equal(("rate", "firing", 1000), (Text(alert, "rule"), Text(alert, "to"), alert.GetProperty("inputs").GetProperty("measurement").GetProperty("attempts").GetInt32()));
        Assert.Empty(before.RootElement.GetProperty("alerts").EnumerateArray());
        Assert.Equal(["mail"], after.RootElement.GetProperty("alerts").EnumerateArray().Select(one => Text(one, "app")));
    }

    [Theory]
    [InlineData("?at=2999-01-01")]
    [InlineData("?at=then")]
    public async Task AsOf_NoMomentOfThePast_IsRefusedByName(string query)
    {
        using var response = await _client.GetAsync("/api/v1/alerts/as-of" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("from=yesterday")]
    public async Task History_UnreadableParameter_IsRefusedByName(string query)
    {
        using var response = await _client.GetAsync("/api/v1/alerts/history?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("invalid_parameter", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acknowledge_AnOpenIncident_ShowsWhoIsOnIt_AndTheFirstStays()
    {
        using var before = await ReadAsync("/api/v1/alerts?app=notes");
        var id = before.RootElement.GetProperty("alerts")[0].GetProperty("id").GetInt64();

        Assert.Equal($$"""{"id":{{id}},"by":"ann"}""", await AcknowledgeAsync(id, """{"by":"ann"}""", HttpStatusCode.OK));
        Assert.Equal($$"""{"id":{{id}},"by":"ann"}""", await AcknowledgeAsync(id, """{"by":"bob"}""", HttpStatusCode.OK));
        Assert.Contains("unknown_alert", await AcknowledgeAsync(id + 1000, "{}", HttpStatusCode.NotFound), StringComparison.Ordinal);

        using var after = await ReadAsync("/api/v1/alerts?app=notes");
        var alert = after.RootElement.GetProperty("alerts")[0];
        Assert.Equal(("ann", Noon), (Text(alert, "acknowledgedBy"), alert.GetProperty("acknowledgedAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Acknowledge_WhatIsOver_IsNotFoundAndTheNextIncidentIsFree()
    {
        var store = _app.Services.GetRequiredService<AlertStore>();
        var id = await IdOfAsync("notes");
        await AcknowledgeAsync(id, """{"by":"ann"}""", HttpStatusCode.OK);
        await store.SaveAsync(Firing("notes") with { Version = 1, Status = "resolved", Transition = null }, CancellationToken.None);
        await AcknowledgeAsync(id, """{"by":"ann"}""", HttpStatusCode.NotFound);
        await store.SaveAsync(Firing("notes") with { Version = 2, Episode = 2, Transition = null }, CancellationToken.None);
        Assert.Contains("bob", await AcknowledgeAsync(id, """{"by":"bob"}""", HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_DescribesBothRoutes()
    {
        using var document = await ReadAsync("/openapi/v1.json");
        var paths = document.RootElement.GetProperty("paths");

        Assert.True(paths.TryGetProperty("/api/v1/alerts", out _) && paths.TryGetProperty("/api/v1/alerts/history", out _));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static AlertSave Firing(string app) => new()
    {
        Rule = "rate", App = app, Version = 0, StateJson = "{}", Severity = "critical", Status = "firing", Since = Noon, Episode = 1, Sequence = 1,
        Value = 91.2, Threshold = 95, Unit = "percent", Attempts = 1000, Devices = 212, EvaluatedAt = Noon,
        Transition = new TransitionSave("inactive", "breach", """{"verdict":"breach","measurement":{"attempts":1000}}"""),
    };

    private async Task<long> IdOfAsync(string app)
    {
        using var answer = await ReadAsync($"/api/v1/alerts?app={app}");
        return answer.RootElement.GetProperty("alerts")[0].GetProperty("id").GetInt64();
    }

    private async Task<string> AcknowledgeAsync(long id, string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync($"/api/v1/alerts/{id}/acknowledge", content);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<JsonDocument> ReadAsync(string path) => JsonDocument.Parse(await _client.GetStringAsync(path));
}
