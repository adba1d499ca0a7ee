using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Alerting.Worker.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>A worker that ends at the worst moment loses nothing and opens nothing twice.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly FaultHandler _faults = new();
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(options => options.CreateHandler = () => _faults);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task KilledBetweenTransactionAndSend_NextWorkerDelivers()
    {
        await _stage.BreachAsync();
        await _stage.RestartAsync();
        await _stage.DeliverAsync();

        AssertOneOfEach();
        Assert.Single(_stage.Received.Slack.Messages);
    }

    [Fact]
    public async Task KilledBetweenSendAndRecord_IncidentAndIssueStaySingle()
    {
        await _stage.BreachAsync();
        _faults.After = (request, answer) => IsSearch(request) ? answer : throw new KilledException();
        await DieInEverySenderAsync();
        AssertOneOfEach();

        await _stage.RestartAsync();
        await _stage.DeliverAsync();
        Assert.Equal(1, Assert.Single(_stage.Received.PagerDuty.Incidents).Triggers);       // still leased by the dead

        _stage.Wall.Advance(OutboxSender.Lease);
        await _stage.DeliverAsync();

        AssertOneOfEach();
        Assert.Equal(2, _stage.Received.PagerDuty.Incidents[0].Triggers);
        Assert.Equal(2, _stage.Received.Slack.Messages.Count);                              // a webhook cannot be asked: told twice, never not at all
        Assert.All(await _stage.OutboxAsync(), row => Assert.EndsWith("trigger delivered", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task KilledBetweenLeaseAndSend_IsToldOnceByTheNext()
    {
        await _stage.BreachAsync();
        _faults.Before = _ => throw new KilledException();
        await DieInEverySenderAsync();

        await _stage.RestartAsync();
        _stage.Wall.Advance(OutboxSender.Lease);
        await _stage.DeliverAsync();

        AssertOneOfEach();
        Assert.Single(_stage.Received.Slack.Messages);
        Assert.Empty(_stage.Received.Rejections);
    }

    [Fact]
    public async Task FrozenPastItsLease_SendsNothing()
    {
        await _stage.BreachAsync();
        await _stage.RestartAsync(options =>
        {
            options.CreateHandler = () => _faults;
            options.DeliveryClock = new LeapingClock(_stage.Wall.GetUtcNow(), OutboxSender.Lease);
        });
        foreach (var sender in _stage.Worker.GetRequiredService<Senders>().All)
            Assert.True(await sender.SendNextAsync(CancellationToken.None));

        Assert.Equal(0, _faults.Sent);
    }

    /// <summary>D8 inside one delivery: the process sleeps between Jira's search and the making of the issue, and another one makes it meanwhile.</summary>
    [Fact]
    public async Task FrozenBetweenTwoRequests_SendsTheSecondToNobody()
    {
        await _stage.BreachAsync();
        var jira = _stage.Worker.GetRequiredService<Senders>().All[2];
        await using var other = _stage.StartWorker();
        _faults.After = (request, answer) =>
        {
            if (IsSearch(request))
            {
                _faults.After = null;
                _stage.Wall.Advance(OutboxSender.Lease);
                Assert.True(other.GetRequiredService<Senders>().All[2].SendNextAsync(CancellationToken.None).GetAwaiter().GetResult());
            }

            return answer;
        };

        Assert.True(await jira.SendNextAsync(CancellationToken.None));

        Assert.Equal(1, _faults.Sent);
        Assert.Single(_stage.Received.Jira.Issues);
        Assert.Contains("jira trigger delivered", await _stage.OutboxAsync());
    }

    [Fact]
    public async Task RestartedAtEveryStep_TellsTheSame()
    {
        await _stage.PassAsync(TimeSpan.FromMinutes(10), async () =>
        {
            await _stage.SyncAsync(100, failedShare: 0.5);
            await _stage.RestartAsync();
        });
        await _stage.DeliverAsync();

        Assert.Single(_stage.Received.PagerDuty.Incidents);
        Assert.Equal(["sync-success-rate firing"], await _stage.StatesAsync());
    }

    [Fact]
    public async Task TwoWorkersAtOnce_TellOnce()
    {
        await using var other = _stage.StartWorker();
        await _stage.PassAsync(TimeSpan.FromMinutes(10), async () =>
        {
            await _stage.SyncAsync(100, failedShare: 0.5, durationMs: 90_000, queue: 1500);
            await Task.WhenAll(_stage.EvaluateAsync(), other.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None));
        });
        await Task.WhenAll(
            _stage.DeliverAsync(),
            Task.WhenAll(other.GetRequiredService<Senders>().All.Select(sender => sender.SendNextAsync(CancellationToken.None))));

        AssertOneOfEach();
        Assert.Equal(1, _stage.Received.PagerDuty.Incidents[0].Triggers);
        Assert.Single(_stage.Received.Slack.Messages);
        Assert.Equal(3, (await _stage.OutboxAsync()).Length);
    }

    private static bool IsSearch(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.EndsWith("/search/jql", StringComparison.Ordinal);

    private async Task DieInEverySenderAsync()
    {
        foreach (var sender in _stage.Worker.GetRequiredService<Senders>().All)
            await Assert.ThrowsAsync<KilledException>(() => sender.SendNextAsync(CancellationToken.None));
    }

    private void AssertOneOfEach()
    {
        Assert.Single(_stage.Received.PagerDuty.Incidents);
        Assert.Single(_stage.Received.Jira.Issues);
    }
}
