using System.Net;
using Xunit;

namespace SyncHealth.Alerting.Receivers.Tests.Slack;

public sealed class SlackFakeTests : IAsyncLifetime
{
    private const string Path = "slack/services/T/B/X";

    private const string Message = """
        { "text": "it is broken",
          "blocks": [
            { "type": "header", "text": { "type": "plain_text", "text": "Head" } },
            { "type": "section", "fields": [ { "type": "mrkdwn", "text": "*Field*" } ] },
            { "type": "context", "elements": [ { "type": "mrkdwn", "text": "context" } ] },
            { "type": "divider" },
            { "type": "actions", "elements": [ { "type": "button", "action_id": "a", "url": "https://example.com", "text": { "type": "plain_text", "text": "Open" } } ] } ] }
        """;

    private ReceiverSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ReceiverSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Post_Correct_IsShown()
    {
        Assert.Equal((HttpStatusCode.OK, "ok"), await _site.PostAsync(Path, Message));

        var message = Assert.Single(_site.State.Slack.Messages);
        Assert.Equal("it is broken", message.Text);
        Assert.Equal(["Head", "*Field*", "context", "Open"], message.Lines);
    }

    [Theory]
    [InlineData("\"text\": \"it is broken\"", "\"txt\": \"\"", "no_text")]
    [InlineData("\"type\": \"header\"", "\"type\": \"headline\"", "invalid_blocks")]
    [InlineData("\"type\": \"plain_text\", \"text\": \"Head\"", "\"type\": \"mrkdwn\", \"text\": \"Head\"", "invalid_blocks")]
    [InlineData("\"text\": \"Head\"", "\"text\": \"\"", "invalid_blocks")]
    [InlineData("[ { \"type\": \"mrkdwn\", \"text\": \"*Field*\" } ]", "[]", "invalid_blocks")]
    [InlineData("\"fields\"", "\"filds\"", "invalid_blocks")]
    [InlineData("https://example.com", "example", "invalid_blocks")]
    [InlineData("\"type\": \"button\"", "\"type\": \"menu\"", "invalid_blocks")]
    [InlineData("[ { \"type\": \"mrkdwn\", \"text\": \"context\" } ]", "[]", "invalid_blocks")]
    public async Task Post_Malformed_IsRefusedAsSlackWould(string from, string to, string error)
    {
        Assert.Equal((HttpStatusCode.BadRequest, error), await _site.PostAsync(Path, ReceiverSite.Change(Message, from, to)));
        Assert.Empty(_site.State.Slack.Messages);
        Assert.StartsWith(error, Assert.Single(_site.State.Rejections).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Head", 150, HttpStatusCode.OK)]
    [InlineData("Head", 151, HttpStatusCode.BadRequest)]
    [InlineData("*Field*", 2000, HttpStatusCode.OK)]
    [InlineData("*Field*", 2001, HttpStatusCode.BadRequest)]
    [InlineData("Open", 75, HttpStatusCode.OK)]
    [InlineData("Open", 76, HttpStatusCode.BadRequest)]
    public async Task Post_AtTheLimit_DependsOnOneCharacter(string text, int length, HttpStatusCode expected) =>
        Assert.Equal(expected, (await _site.PostAsync(Path, ReceiverSite.Change(Message, $"\"{text}\"", $"\"{new string('x', length)}\""))).Status);

    [Fact]
    public async Task Post_TooMuchText_IsRefused()
    {
        var fields = string.Join(',', Enumerable.Repeat($$"""{ "type": "mrkdwn", "text": "{{new string('x', 1900)}}" }""", 8));

        Assert.Equal("msg_blocks_too_long", (await _site.PostAsync(Path, ReceiverSite.Change(Message, "{ \"type\": \"mrkdwn\", \"text\": \"*Field*\" }", fields))).Body);
    }

    [Fact]
    public async Task Post_FasterThanOneASecond_IsTurnedAwayUntilTheTimeItNames()
    {
        for (var number = 0; number < 5; number++)
            Assert.Equal(HttpStatusCode.OK, (await _site.PostAsync(Path, Message)).Status);
        var (status, body) = await _site.PostAsync(Path, Message);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("\"retry_after\":1", body, StringComparison.Ordinal);

        _site.Wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await _site.PostAsync(Path, Message)).Status);
    }

    [Fact]
    public async Task Post_NoObject_IsRefused() => Assert.Equal((HttpStatusCode.BadRequest, "invalid_payload"), await _site.PostAsync(Path, "text=hello"));
}
