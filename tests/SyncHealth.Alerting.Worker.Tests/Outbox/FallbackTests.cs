using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>Who hears what a receiver refuses for good, or could not be told in time.</summary>
public sealed class FallbackTests : IAsyncLifetime
{
    private readonly FaultHandler _faults = new();
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(Configure);
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100, failedShare: 0.5));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Refused_FallbackHearsBeginningAndEnd()
    {
        var goal = new Goal("D3");
        RefusePages();
        await _stage.DeliverAsync();
        await _stage.RecoverAsync();
        await _stage.DeliverAsync();

        Assert.Equal(
            ["pagerduty trigger refused", "pagerduty resolve cancelled", "webhook trigger delivered", "webhook resolve delivered"], await _stage.OutboxAsync());
        Assert.Equal(["alert.triggered", "alert.resolved"], _stage.Received.Webhook.Messages.Select(message => message.Type));
        Assert.Contains("pagerduty, which could not be told", _stage.Received.Webhook.Messages[0].Body, StringComparison.Ordinal);
        goal.Reached("a page refused for good was asked for once, and the fallback heard beginning and end");
    }

    [Fact]
    public async Task RefusedOnceTheIncidentIsOver_FallbackHearsBoth()
    {
        _faults.After = (request, answer) => IsPage(request) ? new HttpResponseMessage(HttpStatusCode.BadGateway) : answer;
        await _stage.DeliverAsync();
        await _stage.RecoverAsync();
        RefusePages();
        _stage.Wall.Advance(RetrySchedule.First);
        await _stage.DeliverAsync();
        await _stage.DeliverAsync();

        Assert.Equal(["alert.triggered", "alert.resolved"], _stage.Received.Webhook.Messages.Select(message => message.Type));
    }

    [Fact]
    public async Task Expired_FallbackHearsItWithADayOfItsOwn()
    {
        _faults.Before = request => Break(IsPage(request));
        await _stage.DeliverAsync();
        _stage.Wall.Advance(TimeSpan.FromHours(25));
        await _stage.EvaluateAsync();
        await _stage.DeliverAsync();

        Assert.Equal(["pagerduty trigger expired", "webhook trigger delivered"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task FallbackRefusesToo_IsOverAndCounted()
    {
        _faults.After = (_, _) => new HttpResponseMessage(HttpStatusCode.Forbidden);
        await _stage.DeliverAsync();

        Assert.Equal(["pagerduty trigger refused", "webhook trigger refused"], await _stage.OutboxAsync());
        Assert.Equal([1, 1], (await ReceiversAsync()).Where(receiver => receiver.Name is "pagerduty" or "webhook").Select(receiver => receiver.Outcomes["refused"]));
    }

    [Fact]
    public async Task Gone_IsSwitchedOffAndToldNothingMoreUntilTheNextStart()
    {
        await _stage.RestartAsync(options =>
        {
            options.CreateHandler = () => _faults;
            options.Receivers.Clear();
            options.Receivers.Add(_stage.OtherReceivers.Single(receiver => receiver.Name == "webhook"));
            options.Receivers[0].Name = "pagerduty";
        });
        _faults.After = (_, _) => new HttpResponseMessage(HttpStatusCode.Gone);
        await _stage.DeliverAsync();
        _faults.After = null;
        await _stage.RecoverAsync();
        await _stage.PassAsync(TimeSpan.FromMinutes(30), () => _stage.SyncAsync(100, failedShare: 0.5));
        await _stage.DeliverAsync();

        Assert.Equal(1, _faults.Sent);
        Assert.Equal("410", Assert.Single(await ReceiversAsync()).DisabledReason);
        Assert.Equal(["pagerduty trigger refused", "pagerduty resolve cancelled", "pagerduty trigger refused"], await _stage.OutboxAsync());

        await _stage.RestartAsync();
        Assert.All(await ReceiversAsync(), receiver => Assert.Null(receiver.DisabledReason));
    }

    [Fact]
    public async Task OneReceiverHangs_TheOthersAreToldMeanwhile()
    {
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100, failedShare: 0.5, durationMs: 90_000, queue: 1500));
        using var answered = new SemaphoreSlim(0);
        using var arrived = new SemaphoreSlim(0);
        _faults.Before = request => Hold(IsPage(request), arrived, answered);
        var senders = _stage.Worker.GetRequiredService<Senders>().All;
        var hanging = Task.Run(() => senders[0].SendNextAsync(CancellationToken.None));
        await arrived.WaitAsync();
        foreach (var sender in senders.Skip(1))
            while (await sender.SendNextAsync(CancellationToken.None))
                continue;

        Assert.Equal((0, 1, 1), (_stage.Received.PagerDuty.Incidents.Count, _stage.Received.Slack.Messages.Count, _stage.Received.Jira.Issues.Count));
        answered.Release();
        Assert.True(await hanging);
        Assert.Single(_stage.Received.PagerDuty.Incidents);
    }

    private static bool IsPage(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.EndsWith("/enqueue", StringComparison.Ordinal);

    private static void Break(bool broken)
    {
        if (broken)
            throw new HttpRequestException(HttpRequestError.NameResolutionError);
    }

    private static void Hold(bool held, SemaphoreSlim arrived, SemaphoreSlim answered)
    {
        if (!held)
            return;
        arrived.Release();
        answered.Wait();
    }

    private void Configure(AlertingOptions options)
    {
        options.CreateHandler = () => _faults;
        options.Receivers.Single(receiver => receiver.Name == "pagerduty").Fallback = "webhook";
        foreach (var receiver in _stage.OtherReceivers)
            options.Receivers.Add(receiver);
    }

    private void RefusePages() => _faults.After = (request, answer) => IsPage(request) ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : answer;

    private Task<IReadOnlyList<ReceiverSummary>> ReceiversAsync() =>
        _stage.Worker.GetRequiredService<ReceiverStore>().ListAsync(_stage.Clock.GetUtcNow(), CancellationToken.None);
}
