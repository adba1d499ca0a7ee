using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>From committed events to what the vendors show.</summary>
public sealed class EndToEndTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task AllThreeRulesBreach_EachReceiverHearsOnce_ThenOfTheEnd()
    {
        await BreachAsync();
        var fired = _stage.Received;

        var incident = Assert.Single(fired.PagerDuty.Incidents);
        Assert.Equal("FIRING notes: success 50.0 % (limit 95 %), 100 devices", incident.Summary);
        Assert.Equal("open", incident.Status);
        Assert.StartsWith("FIRING notes: sync duration p99", Assert.Single(fired.Slack.Messages).Text, StringComparison.Ordinal);
        Assert.StartsWith("FIRING notes: devices with over 1000 queued items 100.0 % (limit 1 %)", Assert.Single(fired.Jira.Issues).Summary, StringComparison.Ordinal);

        await RecoverAsync();
        var ended = _stage.Received;

        Assert.Equal("resolved", Assert.Single(ended.PagerDuty.Incidents).Status);
        Assert.Equal(2, ended.Slack.Messages.Count);
        Assert.StartsWith("RESOLVED notes: sync duration p99", ended.Slack.Messages[1].Text, StringComparison.Ordinal);
        var issue = Assert.Single(ended.Jira.Issues);
        Assert.Equal("Done", issue.Status);
        Assert.Single(issue.Comments);
        Assert.Empty(ended.Rejections);
        Assert.Empty(await _stage.StatesAsync());
    }

    [Fact]
    public async Task DataStops_AlertsStayOpenForHours()
    {
        await BreachAsync();

        await _stage.PassAsync(TimeSpan.FromHours(7), step: TimeSpan.FromMinutes(10));
        await _stage.DeliverAsync();

        Assert.Equal("open", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Contains("sync-success-rate firing", await _stage.StatesAsync());
        Assert.Null((await _stage.Reader.ListActiveAsync("notes", CancellationToken.None))[0].Value);
    }

    [Fact]
    public async Task OldFailuresFlushedAtOnce_NobodyIsPaged()
    {
        await _stage.SyncAsync(100);
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(200, failedShare: 1, late: TimeSpan.FromHours(6)));
        await _stage.DeliverAsync();

        Assert.Empty(_stage.Received.PagerDuty.Incidents);
        Assert.Empty(await _stage.StatesAsync());
    }

    [Fact]
    public async Task NothingSucceeds_FiresWithoutWaiting()
    {
        await _stage.SyncAsync(20, failedShare: 1);
        await _stage.PassAsync(AlertingStage.Interval);

        Assert.Contains("sync-success-rate firing", await _stage.StatesAsync());
    }

    [Fact]
    public async Task History_AfterAnIncident_HoldsEveryStepWithItsInputs()
    {
        await BreachAsync();
        await RecoverAsync();

        var history = await _stage.Reader.ListHistoryAsync("notes", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 100, CancellationToken.None);
        var rate = history.Where(transition => transition.Rule == "sync-success-rate").Reverse().ToArray();

        Assert.Equal(["pending", "firing", "resolved"], rate.Select(transition => transition.To));
        Assert.Contains("\"attempts\"", rate[1].InputsJson, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(6), rate[1].At - rate[0].At);                    // the first evaluation past the five minutes
    }

    private async Task BreachAsync()
    {
        await _stage.BreachAsync();
        await _stage.DeliverAsync();
    }

    private async Task RecoverAsync()
    {
        await _stage.RecoverAsync();
        await _stage.DeliverAsync();
    }
}
