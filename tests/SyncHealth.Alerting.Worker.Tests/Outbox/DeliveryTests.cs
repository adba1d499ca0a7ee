using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>What becomes of notifications whose receiver fails.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly FaultHandler _faults = new();
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(options =>
        {
            options.CreateHandler = () => _faults;
            foreach (var receiver in options.Receivers.Where(receiver => receiver.Name != "pagerduty").ToArray())
                options.Receivers.Remove(receiver);
        });
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100, failedShare: 0.5));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task ReceiverDownForTheWholeIncident_IsToldNothingAndTheOutboxSaysSo()
    {
        _faults.Before = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
        await _stage.DeliverAsync();
        await _stage.RecoverAsync();
        _faults.Before = null;
        _stage.Wall.Advance(TimeSpan.FromHours(1));
        await _stage.DeliverAsync();

        Assert.Equal(0, _faults.Sent);
        Assert.Equal(["pagerduty trigger cancelled", "pagerduty resolve cancelled"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task TriggerInDoubt_ResolveWaitsForItAndBothArriveInOrder()
    {
        _faults.After = (_, _) => new HttpResponseMessage(HttpStatusCode.BadGateway);
        await _stage.DeliverAsync();
        _faults.After = null;
        await _stage.RecoverAsync();
        Assert.Equal(["pagerduty trigger waiting", "pagerduty resolve waiting"], await _stage.OutboxAsync());

        _stage.Wall.Advance(RetrySchedule.First);
        await _stage.DeliverAsync();

        Assert.Equal(["pagerduty trigger delivered", "pagerduty resolve delivered"], await _stage.OutboxAsync());
        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
    }

    [Fact]
    public async Task TooManyRequests_NothingIsSentBeforeTheAskedTimeAndNothingIsLost()
    {
        var goal = new Goal("D3");
        _faults.After = (_, _) => Answer(HttpStatusCode.TooManyRequests, "7");
        await _stage.DeliverAsync();
        _faults.After = null;
        Assert.Equal(1, _faults.Sent);

        _stage.Wall.Advance(TimeSpan.FromSeconds(6.9));
        await _stage.DeliverAsync();
        Assert.Equal(1, _faults.Sent);

        _stage.Wall.Advance(TimeSpan.FromSeconds(2.1));
        await _stage.DeliverAsync();
        Assert.Equal(["pagerduty trigger delivered"], await _stage.OutboxAsync());
        goal.Reached("429 with Retry-After: 7: nothing was sent before, and nothing is lost");
    }

    [Fact]
    public async Task Refused_IsTriedOnceAndItsResolveSentToNobody()
    {
        _faults.After = (_, _) => Answer(HttpStatusCode.BadRequest, null);
        await _stage.DeliverAsync();
        _stage.Wall.Advance(TimeSpan.FromHours(1));
        await _stage.RecoverAsync();
        await _stage.DeliverAsync();

        Assert.Equal(1, _faults.Sent);
        Assert.Equal(["pagerduty trigger refused", "pagerduty resolve cancelled"], await _stage.OutboxAsync());
    }

    /// <summary>N12: somebody mended the receiver and sends again what it refused.</summary>
    [Fact]
    public async Task Refused_SentAgainWhileItIsOpen_IsToldAndItsEndToo()
    {
        _faults.After = (_, _) => Answer(HttpStatusCode.BadRequest, null);
        await _stage.DeliverAsync();
        _faults.After = null;
        var refused = Assert.Single(await DeliveriesAsync());
        Assert.True(refused.MayBeSentAgain);

        Assert.True(await Outbox.ResendAsync(refused, _stage.Wall.GetUtcNow(), CancellationToken.None));
        await _stage.DeliverAsync();
        Assert.Equal(["pagerduty trigger delivered"], await _stage.OutboxAsync());
        var tries = Assert.Single(await DeliveriesAsync()).Tries;
        Assert.Equal([(1, "refused"), (2, "delivered")], tries.Select(attempt => (attempt.Number, attempt.Outcome)));
        Assert.All(tries, attempt => Assert.StartsWith("FIRING notes: success 50.0 % (limit 95 %)", attempt.Said, StringComparison.Ordinal));
        Assert.False(await Outbox.ResendAsync(refused, _stage.Wall.GetUtcNow(), CancellationToken.None));

        await _stage.RecoverAsync();
        await _stage.DeliverAsync();
        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
    }

    [Fact]
    public async Task Refused_ItsIncidentIsOver_IsNotSentAgain()
    {
        _faults.After = (_, _) => Answer(HttpStatusCode.BadRequest, null);
        await _stage.DeliverAsync();
        _faults.After = null;
        await _stage.RecoverAsync();
        var deliveries = await DeliveriesAsync();

        Assert.DoesNotContain(deliveries, delivery => delivery.MayBeSentAgain);
        foreach (var delivery in deliveries)
            Assert.False(await Outbox.ResendAsync(delivery, _stage.Wall.GetUtcNow(), CancellationToken.None));
    }

    [Fact]
    public async Task FailingForADay_IsGivenUp()
    {
        _faults.Before = _ => throw new HttpRequestException(HttpRequestError.NameResolutionError);
        await _stage.DeliverAsync();
        _stage.Wall.Advance(TimeSpan.FromHours(25));
        await _stage.EvaluateAsync();

        Assert.Equal(["pagerduty trigger expired"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task RuleRemovedWhileFiring_ItsIncidentIsResolvedAllTheSame()
    {
        await _stage.DeliverAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "rules:\n  - { name: other, metric: conflict_rate, above: 50 }\n");
        await _stage.RestartAsync(options => options.RulesFile = file);
        await _stage.EvaluateAsync();
        await _stage.DeliverAsync();
        File.Delete(file);

        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        var history = await _stage.Reader.ListHistoryAsync(null, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 1, CancellationToken.None);
        Assert.Equal("rule_deleted", history[0].Reason);
    }

    [Fact]
    public async Task RuleNowNamesAnother_TheEndGoesToWhoeverHeardTheBeginning()
    {
        await _stage.DeliverAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "rules:\n  - { name: sync-success-rate, metric: success_rate, below: 95, notify: [slack] }\n");
        await _stage.RestartAsync(options => options.RulesFile = file);
        await _stage.RecoverAsync();
        await _stage.DeliverAsync();
        File.Delete(file);

        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Empty(_stage.Received.Slack.Messages);
    }

    private AlertOutbox Outbox => _stage.Worker.GetRequiredService<AlertOutbox>();

    private Task<IReadOnlyList<LoggedDelivery>> DeliveriesAsync() => _stage.Worker.GetRequiredService<IAlertLog>()
        .ListDeliveriesAsync("notes", _stage.Clock.GetUtcNow().AddDays(-1), _stage.Clock.GetUtcNow().AddDays(1), 10, CancellationToken.None);

    private static HttpResponseMessage Answer(HttpStatusCode status, string? retryAfter)
    {
        var answer = new HttpResponseMessage(status);
        if (retryAfter is not null)
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return answer;
    }
}
