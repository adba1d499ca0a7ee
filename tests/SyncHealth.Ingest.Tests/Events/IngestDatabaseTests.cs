using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Events;

/// <summary>The edge over the real writer and a real Postgres.</summary>
public sealed class IngestDatabaseTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private IngestServer _server = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await IngestServer.StartAsync(_database);
        _key = await _server.Services.GetRequiredService<KeyStore>()
            .CreateAsync("notes", "test", ["https://notes.example"], TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Post_Acknowledged_IsInTheTable()
    {
        using var response = await _server.PostAsync(Batch("\"id\":\"a\"", "\"id\":\"b\""), _key);

        Assert.Equal((2, 0), await Counts(response));
        Assert.Equal(2L, await Scalar("select count(*) from synchealth.event"));
    }

    [Fact]
    public async Task Post_SameEventsAgain_AreDuplicatesAndAConflictIsCounted()
    {
        await _server.PostAsync(Batch("\"id\":\"a\"", "\"id\":\"b\""), _key);

        using var again = await _server.PostAsync(Batch("\"id\":\"b\",\"retries\":3", "\"id\":\"a\",\"ageMs\":5", "\"id\":\"c\""), _key);

        Assert.Equal((1, 2), await Counts(again));
        Assert.Equal(3L, await Scalar("select count(*) from synchealth.event"));
        Assert.Contains("\nsynchealth_id_conflicts_total 1\n", await _server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    /// <summary>An install that has no event left says what it lost; the resend of a batch whose answer was lost counts nothing twice.</summary>
    [Fact]
    public async Task Post_LossesWithoutEvents_CountOncePerKey()
    {
        const string Body = """{"resource":{"app":"notes","deviceId":"gone"},"events":[],"dropped":[{"reason":"expired","count":3}]}""";
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            using var response = await _server.PostAsync(Body, _key, static request => request.Headers.Add(WireHeaders.IdempotencyKey, "account"));
            Assert.Equal((0, 0), await Counts(response));
        }

        Assert.Equal(3L, await Scalar("select sum(count)::bigint from synchealth.reported_drop where reason = 'expired'"));
    }

    [Fact]
    public async Task Post_OutOfRange_IsInTheQuarantineOnly()
    {
        using var response = await _server.PostAsync(Batch("\"timestamp\":\"1970-01-01T00:00:00Z\"", "\"timestamp\":1e300", "\"id\":\"good\""), _key);

        Assert.Equal((1, 0), await Counts(response));
        Assert.Equal(1L, await Scalar("select count(*) from synchealth.event"));
        Assert.Equal(2L, await Scalar($"select count(*) from synchealth.quarantined_event where code = '{ReasonCodes.TimestampOutOfRange}'"));
    }

    /// <summary>The longest, strangest strings that pass the edge must not be what poisons a transaction.</summary>
    [Fact]
    public async Task Post_LongestStringsEverywhere_CostTheOthersNothing()
    {
        var random = new Random(7);
        string Noise(int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x4E00, 0x9FFF))]);
        var tags = string.Join(',', Enumerable.Range(0, 16).Select(_ => $"\"{Noise(200)}\":\"{Noise(200)}\""));
        var body = $$$"""
            {"resource":{"app":"notes","appVersion":"{{{Noise(2000)}}}","os":"{{{Noise(2000)}}}","osVersion":"{{{Noise(2000)}}}","environment":"{{{Noise(2000)}}}",
             "deviceId":"{{{Noise(2000)}}}","deviceModel":"{{{Noise(2000)}}}","userRef":"{{{Noise(9)}}}","tags":{{{{tags}}}}},
             "events":[{{{Taking.EventJson($"\"success\":false,\"error\":{{\"code\":\"{Noise(2000)}\"}},\"conflicts\":[{{\"entity\":\"{Noise(2000)}\"}}],\"failures\":[{{\"entity\":\"\\u0000\"}}]")}}}],
             "dropped":[{"reason":"{{{Noise(2000)}}}","count":1}]}
            """;

        using var hostile = await _server.PostAsync(body, _key);
        using var good = await _server.PostAsync(Batch("\"id\":\"good\""), _key);

        Assert.Equal((1, 0), await Counts(hostile));
        Assert.Equal((1, 0), await Counts(good));
    }

    [Fact]
    public async Task Post_DatabaseGoesAwayAndReturns_Is503InBetweenOnly()
    {
        await _server.PostAsync(Batch("\"id\":\"before\""), _key);

        await using var outage = await Outage.StartAsync(_database);
        using var during = await _server.PostAsync(Batch("\"id\":\"during\""), _key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, during.StatusCode);
        Assert.NotNull(during.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _server.Client.GetAsync("/readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.Client.GetAsync("/metrics")).StatusCode);

        await outage.EndAsync();
        using var after = await _server.PostAsync(Batch("\"id\":\"during\"", "\"id\":\"before\""), _key);
        Assert.Equal((1, 1), await Counts(after));
        Assert.Equal(2L, await Scalar("select count(*) from synchealth.event"));
    }

    [Fact]
    public async Task Ready_MigratedDatabase_Is200() =>
        Assert.Equal("""{"status":"ready"}""", await _server.Client.GetStringAsync("/readyz"));

    [Fact]
    public async Task Ready_EmptyDatabase_SaysMigrate()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync();
        await using var server = await IngestServer.StartAsync(empty);

        using var response = await server.Client.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains(ReasonCodes.SchemaOutdated, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://notes.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task Preflight_Origin_IsAnsweredWhenSomeKeyAllowsIt(string origin, bool isAllowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/events");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(isAllowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out _));
        Assert.Equal(isAllowed, response.Headers.TryGetValues("Access-Control-Allow-Headers", out var headers) && headers.Single().Contains("x-synchealth-key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://notes.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task Post_FromAPage_ItsKeysOriginMayReadTheAnswer(string origin, bool isAllowed)
    {
        using var response = await _server.PostAsync("{", _key, request => request.Headers.Add("Origin", origin));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(isAllowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);
    }

    private static string Batch(params string[] events) =>
        $$"""{"resource":{"app":"notes","deviceId":"d1"},"events":[{{string.Join(',', events.Select(Taking.EventJson))}}]}""";

    private static async Task<(int Accepted, int Duplicates)> Counts(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        var answer = JsonDocument.Parse(text).RootElement;
        return (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicates").GetInt32());
    }

    private async Task<object?> Scalar(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
