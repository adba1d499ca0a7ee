using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>The routing tree from the data to the receivers: who is told, when, and together with what.</summary>
public sealed class RoutingTests : IAsyncLifetime
{
    private const string Rules = """
        rules:
          - { name: rate, metric: success_rate, below: 95, for: 2m, severity: critical, notify: [jira] }
          - { name: slow, metric: duration_p99_ms, above: 60000, for: 2m, severity: warning, notify: [jira] }
          - { name: queue, metric: queue_depth_share, depthOver: 1000, above: 1, severity: ticket, notify: [jira] }

        """;

    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Route_ByLabels_GoesWhereTheTreeLeadsAndElseToTheRulesReceivers()
    {
        await StartAsync("routes:\n  - { match: [severity=critical], notify: [pagerduty], continue: true }\n  - { match: [\"severity=~critical|warning\"], notify: [slack] }\n");
        await BreachAsync();

        Assert.Single(_stage.Received.PagerDuty.Incidents);
        Assert.Equal(2, _stage.Received.Slack.Messages.Count);
        Assert.StartsWith("FIRING notes: devices with over", Assert.Single(_stage.Received.Jira.Issues).Summary, StringComparison.Ordinal);
        Assert.Equal(["{severity=critical}: pagerduty", "{severity=~critical|warning}: slack"], await GoesToAsync("rate"));
        Assert.Equal(["rule: jira"], await GoesToAsync("queue"));
    }

    [Fact]
    public async Task Route_ToReceiversThatAreNotConfigured_SaysWhyNobodyHears()
    {
        await StartAsync("routes:\n  - { notify: [slack] }\n", options => options.Receivers.Remove(options.Receivers.Single(receiver => receiver.Name == "slack")));
        await BreachAsync();

        Assert.Equal(["{}: not configured, or without secret: slack"], await GoesToAsync("rate"));
        Assert.Equal(["queue", "rate", "slow"], (await _stage.Reader.ListUnreachedRulesAsync(CancellationToken.None)).Order());
    }

    [Fact]
    public async Task MuteTime_HoldsTheBeginningUntilItEnds_AndNeverTheEnd()
    {
        // The stage's clock begins at noon UTC.
        await StartAsync("""
            timeIntervals:
              lunch: [{ times: ["13:00-13:30"], zone: Europe/Berlin }]
            routes:
              - { match: [rule=rate], notify: [pagerduty], muteTimes: [lunch] }
            """);
        await BreachAsync();
        Assert.Empty(_stage.Received.PagerDuty.Incidents);
        Assert.NotEmpty(_stage.Received.Jira.Issues);
        var alert = await ActiveAsync("rate");
        Assert.Equal(("off_hours", "lunch", _stage.Clock.GetUtcNow().Date.AddHours(12.5)), (alert.Muted, alert.GoesTo[0].HeldBy, alert.GoesTo[0].HeldUntil!.Value.UtcDateTime));

        await _stage.PassAsync(TimeSpan.FromMinutes(30), FailAsync);
        await _stage.DeliverAsync();
        Assert.Equal("open", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Null((await ActiveAsync("rate")).Muted);
    }

    [Fact]
    public async Task Group_ManyAlerts_AreOneIncidentThatIsUpdatedAndEnds()
    {
        await StartAsync("routes:\n  - { notify: [pagerduty, jira, slack], groupBy: [app], groupWait: 3m, groupInterval: 5m }\n");
        await BreachAsync();

        var incident = Assert.Single(_stage.Received.PagerDuty.Incidents);
        Assert.StartsWith("FIRING notes: 3 alerts, success 50.0 % (limit 95 %), 100 devices", incident.Summary, StringComparison.Ordinal);
        Assert.Single(_stage.Received.Jira.Issues);
        Assert.Single(_stage.Received.Slack.Messages);

        // Two of the three end: an update, which a pager joins to the incident and an issue gets as a comment.
        await _stage.PassAsync(TimeSpan.FromMinutes(30), () => _stage.SyncAsync(100, failedShare: 0.5));
        await _stage.DeliverAsync();
        Assert.Equal(("open", 2), (Assert.Single(_stage.Received.PagerDuty.Incidents) is var updated ? (updated.Status, updated.Triggers) : default));
        Assert.Single(Assert.Single(_stage.Received.Jira.Issues).Comments);

        await _stage.RecoverAsync();
        await _stage.DeliverAsync();
        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Equal("Done", Assert.Single(_stage.Received.Jira.Issues).Status);
        Assert.Empty(_stage.Received.Rejections);
        Assert.Empty(await _stage.StatesAsync());
    }

    [Fact]
    public async Task Group_TwoWorkersAndARestartAfterEveryRound_AreToldAsOne()
    {
        const string Tree = "routes:\n  - { notify: [pagerduty], groupBy: [app], groupWait: 3m, groupInterval: 5m }\n";
        await StartAsync(Tree);
        var other = _stage.StartWorker(options => options.RulesFile = Written(Tree));
        await using (other)
        {
            for (var round = 0; round < 8; round++)
            {
                await _stage.PassAsync(AlertingStage.Interval, FailAsync);
                await other.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None);
                await _stage.DeliverAsync();
                await _stage.RestartAsync(options => options.RulesFile = Written(Tree));
            }

            await _stage.PassAsync(TimeSpan.FromMinutes(30), () => _stage.SyncAsync(100));
            await other.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None);
        }

        await _stage.DeliverAsync();
        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Single(await _stage.OutboxAsync(), row => row == "pagerduty trigger delivered");
        Assert.Single(await _stage.OutboxAsync(), row => row == "pagerduty resolve delivered");
    }

    [Fact]
    public async Task Group_WhoseRouteIsGone_EndsForThoseWhoWereTold()
    {
        await StartAsync("routes:\n  - { notify: [pagerduty], groupBy: [app], groupWait: 3m, groupInterval: 1m }\n");
        await BreachAsync();
        await StartAsync("");
        await _stage.PassAsync(TimeSpan.FromMinutes(4), FailAsync);
        await _stage.DeliverAsync();

        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
    }

    [Fact]
    public async Task Acknowledged_ByUs_IsToldToThePagerOnceAndInTheThread()
    {
        await StartAsync("routes:\n  - { match: [rule=rate], notify: [pagerduty, slack-bot, jira] }\n", options => options.Receivers.Add(_stage.OtherReceivers.Single(receiver => receiver.Name == "slack-bot")));
        await BreachAsync();
        await AcknowledgeAsync("rate", "ann");
        await _stage.PassAsync(TimeSpan.FromMinutes(4), FailAsync);
        await _stage.DeliverAsync();

        Assert.Equal("acknowledged", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Single(await _stage.OutboxAsync(), row => row == "pagerduty acknowledge delivered");
        Assert.Contains(_stage.Received.Slack.Messages, message => message.Text.StartsWith("ACKNOWLEDGED notes: success 50.0 % (limit 95 %), ann is on it", StringComparison.Ordinal));
        Assert.DoesNotContain(await _stage.OutboxAsync(), row => row.StartsWith("jira acknowledge", StringComparison.Ordinal));

        await _stage.RecoverAsync();
        await _stage.DeliverAsync();
        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Empty(_stage.Received.Rejections);
    }

    [Fact]
    public async Task Acknowledged_AndOverBeforeItLeft_IsNotTold()
    {
        await StartAsync("routes:\n  - { match: [rule=rate], notify: [pagerduty] }\n");
        await BreachAsync();
        await AcknowledgeAsync("rate", "ann");
        await _stage.RecoverAsync();
        await _stage.DeliverAsync();

        Assert.Equal(["pagerduty acknowledge cancelled", "pagerduty resolve delivered", "pagerduty trigger delivered"], (await _stage.OutboxAsync()).Where(row => row.StartsWith("pagerduty", StringComparison.Ordinal)).Order());
    }

    private Task FailAsync() => _stage.SyncAsync(100, failedShare: 0.5, durationMs: 90_000, queue: 1500);

    private async Task BreachAsync()
    {
        await _stage.BreachAsync();
        await _stage.DeliverAsync();
    }

    private async Task StartAsync(string tree, Action<AlertingOptions>? configure = null)
    {
        await _stage.RestartAsync(options =>
        {
            options.RulesFile = Written(tree);
            configure?.Invoke(options);
        });
        await _stage.Worker.GetRequiredService<AlertEvaluator>().PublishRulesAsync(CancellationToken.None);
    }

    /// <summary>Read at once by whoever starts a worker with it.</summary>
    private string Written(string tree)
    {
        var file = Path.Combine(_stage.Folder, Guid.NewGuid().ToString("N") + ".yaml");
        File.WriteAllText(file, Rules + tree);
        return file;
    }

    private async Task AcknowledgeAsync(string rule, string by) => Assert.NotNull(
        await _stage.Worker.GetRequiredService<AcknowledgementStore>().AddAsync((await ActiveAsync(rule)).Id, by, _stage.Clock.GetUtcNow(), CancellationToken.None));

    private async Task<AlertSummary> ActiveAsync(string rule) =>
        (await _stage.Reader.ListActiveAsync("notes", CancellationToken.None)).Single(alert => alert.Rule == rule);

    private async Task<string[]> GoesToAsync(string rule) =>
        [.. (await ActiveAsync(rule)).GoesTo.Select(destination => $"{destination.Route}: {destination.WhyNobody ?? string.Join(", ", destination.Receivers)}")];
}
