using System.Net;
using SyncHealth.Alerting.Receivers;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.Slack;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels.Slack;

public sealed class SlackChannelTests : ChannelContractTests
{
    protected override string Receiver => "slack";

    protected override ChannelOptions Options => new SlackOptions { Name = "slack", WebhookUrl = new Secret("https://hooks.slack.com/services/T0/B0/canary") };

    protected override int MaxBodyBytes => 40_000;

    [Fact]
    public async Task Trigger_Body_IsAsReviewed() => Golden.Matches("Slack", "trigger", await BodyOfAsync(new Notification(Some.Trigger(), null), Accept));

    [Fact]
    public async Task Resolve_Body_IsAsReviewed() => Golden.Matches("Slack", "resolve", await BodyOfAsync(new Notification(Some.Resolve(), null), Accept));

    protected override ScriptedHttpHandler Prepare(ScriptedHttpHandler vendor) => vendor;

    protected override void AssertHarmless(ReceiverState state)
    {
        var message = Assert.Single(state.Slack.Messages);
        Assert.All(message.Lines.Skip(1).Append(message.Text), line => Assert.DoesNotContain('<', line));
    }

    private static void Accept(ScriptedHttpHandler vendor) => vendor.Answer(HttpStatusCode.OK, "ok");
}
