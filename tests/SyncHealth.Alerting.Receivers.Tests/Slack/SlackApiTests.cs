using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests.Slack;

/// <summary>The Web API of the fake: errors with status 200, a message that can be edited and answered, a limit per channel.</summary>
public sealed class SlackApiTests : IAsyncLifetime
{
    private ReceiverSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Post_ThenUpdateAndReply_IsOneMessage()
    {
        var ts = (await CallAsync("chat.postMessage", """{ "channel": "C1", "text": "broken" }""")).GetProperty("ts").GetString();
        await CallAsync("chat.update", $$"""{ "channel": "C1", "ts": "{{ts}}", "text": "fine" }""");
        await CallAsync("chat.postMessage", $$"""{ "channel": "C1", "thread_ts": "{{ts}}", "text": "it ended" }""");

        var message = Assert.Single(_site.State.Slack.Messages);
        Assert.Equal(("fine", 1, "C1", ts), (message.Text, message.Edits, message.Channel, message.Ts));
        Assert.Equal(["it ended"], message.Replies);
    }

    [Theory]
    [InlineData("chat.postMessage", """{ "text": "x" }""", "channel_not_found")]
    [InlineData("chat.postMessage", """{ "channel": "ops", "text": "x" }""", "channel_not_found")]
    [InlineData("chat.postMessage", """{ "channel": "C1" }""", "no_text")]
    [InlineData("chat.postMessage", """{ "channel": "C1", "text": "x", "blocks": [ { "type": "headline" } ] }""", "invalid_blocks")]
    [InlineData("chat.postMessage", """{ "channel": "C1", "text": "x", "thread_ts": "1.2" }""", "thread_not_found")]
    [InlineData("chat.update", """{ "channel": "C1", "text": "x", "ts": "1.2" }""", "message_not_found")]
    [InlineData("chat.update", "[]", "invalid_json")]
    public async Task Call_Malformed_SaysOkFalseWithStatus200(string method, string body, string error)
    {
        Assert.Equal(error, (await CallAsync(method, body)).GetProperty("error").GetString());
        Assert.Empty(_site.State.Slack.Messages);
        Assert.StartsWith(error, Assert.Single(_site.State.Rejections).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not_authed")]
    [InlineData("Bearer xoxp-1", "invalid_auth")]
    public async Task Call_WithoutABotToken_IsRefused(string authorization, string error) =>
        Assert.Equal(error, (await CallAsync("chat.postMessage", """{ "channel": "C1", "text": "x" }""", authorization)).GetProperty("error").GetString());

    [Fact]
    public async Task Call_FasterThanOneASecond_IsLimitedPerChannel()
    {
        for (var number = 0; number < 5; number++)
            await CallAsync("chat.postMessage", """{ "channel": "C1", "text": "x" }""");

        Assert.Equal("rate_limited", (await CallAsync("chat.postMessage", """{ "channel": "C1", "text": "x" }""")).GetProperty("error").GetString());
        Assert.True((await CallAsync("chat.postMessage", """{ "channel": "C2", "text": "x" }""")).GetProperty("ok").GetBoolean());
        _site.Wall.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await CallAsync("chat.postMessage", """{ "channel": "C1", "text": "x" }""")).GetProperty("ok").GetBoolean());
    }

    private async Task<JsonElement> CallAsync(string method, string body, string authorization = "Bearer xoxb-1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "slack/api/" + method) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (authorization.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var (status, text) = await _site.AnswerAsync(request);
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests);
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
