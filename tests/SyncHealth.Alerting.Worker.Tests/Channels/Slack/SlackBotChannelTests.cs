using System.Net;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Slack;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Slack;

public sealed class SlackBotChannelTests : ChannelContractTests
{
    private const string Posted = """{"ok":true,"channel":"C0123","ts":"1700000000.000100"}""";
    private const string Known = "C0123:1700000000.000100";

    protected override string Receiver => "slack-bot";

    protected override ChannelOptions Options => new SlackOptions { Name = "slack-bot", BotToken = new Secret("xoxb-canary"), Channel = "C0123" };

    protected override int MaxBodyBytes => 40_000;

    [Fact]
    public async Task FiringWorseResolved_IsOneMessageWithTwoReplies()
    {
        await using var site = await FakeSite.StartAsync(TimeProvider.System);
        using var http = new ChannelHttp(new SocketsHttpHandler(), TimeProvider.System);
        var channel = site.OtherReceivers.Single(receiver => receiver.Name == Receiver).Create(http);
        var worse = Some.Trigger() with { Value = 71.5, At = Some.Trigger().At.AddMinutes(5) };

        var opened = await channel.SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);
        foreach (var message in new[] { worse, Some.Resolve() })
            Assert.Equal(DeliveryStatus.Delivered, (await channel.SendAsync(new Notification(message, opened.Reference), CancellationToken.None)).Status);

        var shown = Assert.Single(site.State.Slack.Messages);
        Assert.Equal((Headline.Of(Some.Resolve()), 2), (shown.Text, shown.Edits));
        Assert.Equal([Headline.Of(worse), Headline.Of(Some.Resolve())], shown.Replies);
        Assert.Empty(site.State.Rejections);
    }

    [Fact]
    public async Task Change_MessageWasDeleted_PostsAnewAndRemembersThat()
    {
        await using var site = await FakeSite.StartAsync(TimeProvider.System);
        using var http = new ChannelHttp(new SocketsHttpHandler(), TimeProvider.System);
        var channel = site.OtherReceivers.Single(receiver => receiver.Name == Receiver).Create(http);
        var opened = await channel.SendAsync(new Notification(Some.Trigger(), null), CancellationToken.None);
        site.Fakes.DeleteSlackMessage(site.State.Slack.Messages[0].Ts!);

        var closed = await channel.SendAsync(new Notification(Some.Resolve(), opened.Reference), CancellationToken.None);

        Assert.Equal(Headline.Of(Some.Resolve()), Assert.Single(site.State.Slack.Messages).Text);
        Assert.Equal((DeliveryStatus.Delivered, false), (closed.Status, closed.Reference is null || closed.Reference == opened.Reference));
    }

    [Theory]
    [InlineData("ratelimited", DeliveryStatus.Retry, false, false)]
    [InlineData("internal_error", DeliveryStatus.Retry, true, false)]
    [InlineData("channel_not_found", DeliveryStatus.GiveUp, false, false)]
    [InlineData("not_in_channel", DeliveryStatus.GiveUp, false, false)]
    [InlineData("is_archived", DeliveryStatus.GiveUp, false, false)]
    [InlineData("invalid_blocks", DeliveryStatus.GiveUp, false, false)]
    [InlineData("msg_too_long", DeliveryStatus.GiveUp, false, false)]
    [InlineData("something_new", DeliveryStatus.GiveUp, false, false)]
    [InlineData("token_revoked", DeliveryStatus.GiveUp, false, true)]
    [InlineData("invalid_auth", DeliveryStatus.GiveUp, false, true)]
    public async Task Status200_OkFalse_IsAFailureOfItsOwnKind(string error, DeliveryStatus expected, bool mayHaveArrived, bool disables)
    {
        var delivery = await SendAsync(vendor => vendor.Answer(HttpStatusCode.OK, $$"""{"ok":false,"error":"{{error}}"}"""));

        Assert.Equal((expected, mayHaveArrived, disables), (delivery.Status, delivery.MayHaveArrived, delivery.Disables));
        Assert.Contains(error, delivery.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("[]")]
    [InlineData("""{"ok":"yes"}""")]
    public async Task Status200_NotFromSlack_IsInDoubt(string body) =>
        Assert.True(await SendAsync(vendor => vendor.Answer(HttpStatusCode.OK, body)) is { Status: DeliveryStatus.Retry, MayHaveArrived: true });

    [Fact]
    public async Task Change_EditIsInDoubt_NothingIsInDoubt()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.BadGateway);

        Assert.True(await SendAsync(vendor, Options, Some.Resolve(), Known) is { Status: DeliveryStatus.Retry, MayHaveArrived: false });
    }

    [Theory]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task Change_NotEditable_RepliesAllTheSame(string error)
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK, $$"""{"ok":false,"error":"{{error}}"}""").Answer(HttpStatusCode.OK, Posted);
        var delivery = await SendAsync(vendor, Options, Some.Resolve(), Known);

        Assert.Equal((DeliveryStatus.Delivered, Known), (delivery.Status, delivery.Reference));
        Assert.Contains("\"thread_ts\":\"1700000000.000100\"", vendor.Requests[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenRefused_WebhookDoesWhatItCan()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK, """{"ok":false,"error":"token_revoked"}""").Answer(HttpStatusCode.OK, "ok");
        var both = new SlackOptions { Name = "s", BotToken = new Secret("xoxb-1"), Channel = "C1", WebhookUrl = new Secret("https://hooks.slack.com/services/T/B/X") };
        var delivery = await SendAsync(vendor, both, Some.Trigger(), null);

        Assert.Equal((DeliveryStatus.Delivered, null, false), (delivery.Status, delivery.Reference, delivery.Disables));
        Assert.Equal("hooks.slack.com", vendor.Requests[1].Uri.Host);
        Assert.Contains("token_revoked", delivery.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_WebhookIsLeftAlone()
    {
        using var vendor = new ScriptedHttpHandler().Answer(HttpStatusCode.OK, """{"ok":false,"error":"ratelimited"}""");
        var both = new SlackOptions { Name = "s", BotToken = new Secret("xoxb-1"), Channel = "C1", WebhookUrl = new Secret("https://hooks.slack.com/services/T/B/X") };

        Assert.Equal(DeliveryStatus.Retry, (await SendAsync(vendor, both, Some.Trigger(), null)).Status);
    }

    [Theory]
    [InlineData("", "C1", "only a bot token")]
    [InlineData("xoxb-1", null, "must be the id")]
    [InlineData("xoxb-1", "C1 C2", "must be the id")]
    [InlineData("xoxb-1", "C1:2", "must be the id")]
    public void Problems_ChannelAndToken_BelongTogether(string token, string? channel, string expected) =>
        Assert.Contains(expected, Assert.Single(new SlackOptions { BotToken = new Secret(token), WebhookUrl = new Secret("https://x"), Channel = channel }.Problems()), StringComparison.Ordinal);

    protected override ScriptedHttpHandler Prepare(ScriptedHttpHandler vendor) => vendor;

    protected override void AssertHarmless(ReceiverState state)
    {
        var message = Assert.Single(state.Slack.Messages);
        Assert.All(message.Lines.Skip(1).Append(message.Text), line => Assert.DoesNotContain('<', line));
    }

    private static async Task<Delivery> SendAsync(ScriptedHttpHandler vendor, ChannelOptions options, AlertMessage message, string? reference)
    {
        using var http = new ChannelHttp(vendor, TimeProvider.System);
        return await options.Create(http).SendAsync(new Notification(message, reference), CancellationToken.None);
    }
}
