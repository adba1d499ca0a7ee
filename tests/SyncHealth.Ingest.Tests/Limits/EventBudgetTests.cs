using System.Net;
using System.Text.Json;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Keys;
using Xunit;

namespace SyncHealth.Ingest.Tests.Limits;

/// <summary>Limits of one event a second: a burst of ten, then a wait that no test takes.</summary>
public sealed class EventBudgetTests : IAsyncLifetime
{
    private readonly CollectingWriter _writer = new();
    private IngestServer _server = null!;
    private FixedKeys _keys = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await IngestServer.StartAsync(_writer);
        _keys = (FixedKeys)_server.Services.GetService(typeof(IKeyFinder))!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Post_KeyLimitSpent_Is429WithRetryAfterAndCode()
    {
        _keys.Rates[FixedKeys.Notes] = 1;

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(FixedKeys.Notes, events: 10)).StatusCode);
        using var refused = await PostAsync(FixedKeys.Notes, events: 10);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        // The body is not read for a sender whose bucket is empty, so the wait is that for a single event.
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        Assert.Equal("rate_limited", problem.RootElement.GetProperty("code").GetString());
        Assert.Contains("key notes, 1 events a second", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(FixedKeys.OtherNotes, events: 10)).StatusCode);
    }

    [Fact]
    public async Task Post_BatchBeyondWhatIsLeft_WaitsForAllOfIt()
    {
        _keys.Rates[FixedKeys.Notes] = 1;
        await PostAsync(FixedKeys.Notes, events: 5);

        using var refused = await PostAsync(FixedKeys.Notes, events: 10);

        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
        Assert.Single(_writer.Batches);
    }

    [Fact]
    public async Task Post_TwoKeysOfOneApp_ShareTheApps()
    {
        _keys.Limits["notes"] = new AppLimits("notes", 1, null);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(FixedKeys.Notes, events: 6)).StatusCode);
        using var refused = await PostAsync(FixedKeys.OtherNotes, events: 6);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("app notes", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("synchealth_requests_limited_total{limit=\"app\"} 1\n", await _server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AppLimitRefuses_TheKeyKeepsItsEvents()
    {
        _keys.Rates[FixedKeys.Notes] = 1;
        _keys.Limits["notes"] = new AppLimits("notes", 1, null);
        await PostAsync(FixedKeys.OtherNotes, events: 9);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(FixedKeys.Notes, events: 10)).StatusCode);

        _keys.Limits.Clear();

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(FixedKeys.Notes, events: 10)).StatusCode);
    }

    [Fact]
    public async Task Post_KeyOfAnyApp_IsHeldToTheLimitsOfTheAppsItNames()
    {
        _keys.Limits["notes"] = new AppLimits("notes", 1, null);
        await PostAsync(FixedKeys.AnyApp, events: 10, app: "notes");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(FixedKeys.AnyApp, events: 1, app: "notes")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(FixedKeys.AnyApp, events: 1_000, app: "photos")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(FixedKeys.Notes, events: 1)).StatusCode);
    }

    [Fact]
    public async Task Post_AppKeepsRawEventsForTenDays_RefusesOlderOnes()
    {
        _keys.Limits["notes"] = new AppLimits("notes", null, RawDays: 10);
        var kept = IngestServer.Start.AddDays(-9).ToUnixTimeMilliseconds();
        var dropped = IngestServer.Start.AddDays(-11).ToUnixTimeMilliseconds();

        using var answer = await _server.PostAsync($$"""{"events":[{{Taking.EventJson($"\"timestamp\":{kept}")}},{{Taking.EventJson($"\"timestamp\":{dropped}")}}]}""");

        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var rejection = Assert.Single(body.RootElement.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, "timestamp_out_of_range"), (rejection.GetProperty("index").GetInt32(), rejection.GetProperty("code").GetString()));
        Assert.Contains("at most 10 days old", rejection.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(string key, int events, string? app = null) =>
        _server.PostAsync($$"""{"resource":{"app":"{{app}}"},"events":[{{string.Join(',', Enumerable.Repeat(Taking.EventJson(), events))}}]}""", key);
}
