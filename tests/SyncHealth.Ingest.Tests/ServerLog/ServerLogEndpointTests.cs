using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.ServerLog;

/// <summary>N6: what an app's own sync server says, over the real edge and a real Postgres.</summary>
public sealed class ServerLogEndpointTests : IAsyncLifetime
{
    private const string Path = "/v1/server-log";

    private TestDatabase _database = null!;
    private IngestServer _server = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await IngestServer.StartAsync(_database);
        _key = await KeyAsync("notes");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Post_Contacts_AreKeptUnderTheKeyThatEventsHave()
    {
        using var answer = await PostAsync("""{"contacts":[{"deviceId":"install-7f3a","at":"2026-11-22T07:59:00Z","accepted":3},{"at":1795334280000,"deviceId":"install-7f3a"}],"app":"notes"}""");

        Assert.Equal((2, ""), await OutcomeAsync(answer));
        await using var connection = await _database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            (Taking.Hasher.DeviceKey("notes", "install-7f3a"), new DateTime(2026, 11, 22, 7, 59, 0, DateTimeKind.Utc), 3),
            await connection.QuerySingleAsync<(long, DateTime, int)>("select device_key, accepted_at, accepted_items from synchealth.server_word"));
    }

    /// <summary>One bad line costs the others nothing, and is named by its place.</summary>
    [Fact]
    public async Task Post_BadLines_AreRejectedAloneWithTheirCodes()
    {
        var erased = Taking.Hasher.DeviceKey("notes", "erased");
        await new Erasures(_database.DataSource, _server.Clock).EraseDeviceAsync("notes", erased, TestContext.Current.CancellationToken);

        using var answer = await PostAsync("""
            {"contacts":[{"at":"2026-11-22T07:59:00Z"}, {"deviceId":"a"}, {"deviceId":"a","at":"yesterday"}, {"deviceId":"a","at":"2026-11-22T08:06:00Z"}, {"deviceId":"a","at":"2026-10-01T00:00:00Z"},
             {"deviceId":"a","at":"2026-11-22T07:59:00Z","accepted":-1}, 7, {"deviceId":"erased","at":"2026-11-22T07:59:00Z"}, {"deviceId":"a","at":"2026-11-22T07:59:00Z","accepted":99999999999,"more":{}}]}
            """);

        Assert.Equal(
            (1, "0:invalid_field 1:timestamp_required 2:invalid_field 3:timestamp_out_of_range 4:timestamp_out_of_range 5:invalid_field 6:invalid_field 7:device_erased"), await OutcomeAsync(answer));
    }

    [Theory]
    [InlineData("", 400, ReasonCodes.MalformedJson)]
    [InlineData("[]", 400, ReasonCodes.MalformedJson)]
    [InlineData("{}", 400, ReasonCodes.MalformedJson)]
    [InlineData("""{"contacts":{}}""", 400, ReasonCodes.MalformedJson)]
    [InlineData("""{"contacts":[]} 1""", 400, ReasonCodes.MalformedJson)]
    [InlineData("""{"app":7,"contacts":[]}""", 400, ReasonCodes.InvalidField)]
    [InlineData("""{"app":"mail","contacts":[]}""", 400, ReasonCodes.AppMismatch)]
    public async Task Post_NoLog_IsRefusedWhole(string body, int status, string code)
    {
        using var answer = await PostAsync(body);
        Assert.Equal((status, code), ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Post_TooManyLines_IsRefusedWhole()
    {
        var line = """{"deviceId":"a","at":"2026-11-22T07:59:00Z"}""";
        using var answer = await PostAsync($$"""{"contacts":[{{string.Join(',', Enumerable.Repeat(line, EventLimits.MaxEventsPerBatch + 1))}}]}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Post_KeyOfAnyApp_MustNameOne()
    {
        var key = await KeyAsync(null);
        using var none = await PostAsync("""{"contacts":[]}""", key);
        using var named = await PostAsync("""{"app":"mail","contacts":[{"deviceId":"a","at":"2026-11-22T07:59:00Z"}]}""", key);

        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Contains(ReasonCodes.AppRequired, await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((1, ""), await OutcomeAsync(named));
    }

    [Fact]
    public async Task Post_WithoutAKey_IsRefused()
    {
        using var answer = await PostAsync("""{"contacts":[]}""", "no key of ours");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>Lines count against the limits as events do: nobody fills the server by another door.</summary>
    [Fact]
    public async Task Post_OverTheLimitOfTheApp_IsToldWhenToComeBack()
    {
        await using var server = await IngestServer.StartAsync(_database, options => options.EventsPerSecondPerApp = 1);
        var line = """{"deviceId":"a","at":"2026-11-22T07:59:00Z"}""";
        var body = $$"""{"contacts":[{{string.Join(',', Enumerable.Repeat(line, 100))}}]}""";

        using var first = await server.PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"), _key);
        using var second = await server.PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"), _key);

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    /// <summary>Whatever comes, the answer is one of ours.</summary>
    [Fact]
    public async Task Post_MutatedBodies_NeverFail()
    {
        var random = new Random(11);
        var good = Encoding.UTF8.GetBytes("""{"app":"notes","contacts":[{"deviceId":"a\u0041","at":"2026-11-22T07:59:00Z","accepted":3},{"deviceId":"b","at":1795334280000}]}""");
        for (var i = 0; i < 300; i++)
        {
            var body = good.ToArray();
            for (var n = random.Next(1, 5); n > 0; n--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            using var answer = await _server.PostAsync(Path, content, _key);
            Assert.True((int)answer.StatusCode is 200 or 400, $"{answer.StatusCode} to {Convert.ToHexString(body)}");
        }
    }

    private async Task<string> KeyAsync(string? app) =>
        await _server.Services.GetRequiredService<KeyStore>().CreateAsync(app, "test", [], TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> PostAsync(string json, string? key = null) =>
        _server.PostAsync(Path, new StringContent(json, Encoding.UTF8, "application/json"), key ?? _key);

    private static async Task<(int Accepted, string Rejected)> OutcomeAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var body = JsonElement.Parse(text);
        return (body.GetProperty("accepted").GetInt32(),
            string.Join(' ', body.GetProperty("rejected").EnumerateArray().Select(one => $"{one.GetProperty("index")}:{one.GetProperty("code").GetString()}")));
    }
}
