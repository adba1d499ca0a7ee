using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary><i>Send test</i> says what a real alert would say, and leaves nothing open.</summary>
public sealed class ReceiverTestingTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(options =>
        {
            foreach (var receiver in _stage.OtherReceivers)
                options.Receivers.Add(receiver);
            options.Receivers.Add(new PagerDutyOptions { Name = "later", RoutingKey = new Secret("") });
        });
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("pagerduty")]
    [InlineData("slack")]
    [InlineData("slack-bot")]
    [InlineData("jira")]
    [InlineData("webhook")]
    [InlineData("email")]
    public async Task Test_EveryKind_IsTakenByTheStrictFake(string receiver)
    {
        Assert.Equal("delivered", (await TestAsync(receiver)).Status);
        Assert.Empty(_stage.Received.Rejections);
    }

    [Fact]
    public async Task Test_SendsTheTrueTemplateAndLeavesNothingOpen()
    {
        await TestAsync("pagerduty");
        await TestAsync("jira");

        var incident = Assert.Single(_stage.Received.PagerDuty.Incidents);
        Assert.Equal(("FIRING test: success 85.5 % (limit 95 %), 200 devices", "resolved"), (incident.Summary, incident.Status));
        Assert.Equal("Done", Assert.Single(_stage.Received.Jira.Issues).Status);
        Assert.Empty(await _stage.OutboxAsync());
    }

    [Fact]
    public async Task Test_SaysThatItIsOne()
    {
        await TestAsync("webhook");

        Assert.Contains("No sync is failing.", _stage.Received.Webhook.Messages[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithoutSecret_SaysSo() => Assert.Equal(("failed", "it has no secret: the file or variable it names is empty"), await TestAsync("later"));

    [Fact]
    public async Task Test_NobodyOfThatName_SaysSo() => Assert.Equal("failed", (await TestAsync("nobody")).Status);

    [Fact]
    public async Task Test_OlderThanAnybodyWaits_IsNotSent()
    {
        var id = Guid.CreateVersion7();
        await Tests.RequestAsync(id, "slack", _stage.Wall.GetUtcNow(), CancellationToken.None);
        _stage.Wall.Advance(ReceiverTestStore.Patience + TimeSpan.FromSeconds(1));

        Assert.False(await Testing.RunNextAsync(CancellationToken.None));
        Assert.Empty(_stage.Received.Slack.Messages);
    }

    [Fact]
    public async Task Receivers_OneWithoutSecret_IsShownAsSuch()
    {
        var all = await _stage.Worker.GetRequiredService<ReceiverStore>().ListAsync(_stage.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Equal(["later"], all.Where(receiver => !receiver.HasSecret).Select(receiver => receiver.Name));
        Assert.DoesNotContain(all, receiver => receiver.ToString().Contains("secret/", StringComparison.Ordinal) || receiver.ToString().Contains("xoxb", StringComparison.Ordinal));
    }

    private ReceiverTestStore Tests => _stage.Worker.GetRequiredService<ReceiverTestStore>();

    private ReceiverTesting Testing => _stage.Worker.GetRequiredService<ReceiverTesting>();

    private async Task<(string Status, string Detail)> TestAsync(string receiver)
    {
        var id = Guid.CreateVersion7();
        await Tests.RequestAsync(id, receiver, _stage.Wall.GetUtcNow(), CancellationToken.None);
        Assert.True(await Testing.RunNextAsync(CancellationToken.None));
        Assert.False(await Testing.RunNextAsync(CancellationToken.None));
        return await Tests.ReadAsync(id, CancellationToken.None);
    }
}
