using System.Net;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>
/// Reliability D2: one receiver is down for an hour and for three days of virtual time, while incidents begin and end. The others hear at once; when it is
/// back it hears within a minute of what still matters, in order; what came and went without it is never told, and the outbox says so.
/// </summary>
public sealed class OutageTests : IAsyncLifetime
{
    private const string Rules = """
        rules:
          - { name: rate, metric: success_rate, below: 95, window: 5m, groupWait: 0s, notify: [slack, pagerduty] }
        """;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private FaultHandler _faults = new();
    private AlertingStage _stage = null!;
    private bool _isDown;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await StartAsync(Rules);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(72)]
    public async Task ReceiverDown_IsToldWithinAMinuteOfItsReturn_AndNobodyElseWaits(int hours)
    {
        var goal = new Goal("D2");
        _faults.Before = request =>
        {
            if (_isDown && request.RequestUri!.AbsolutePath.Contains("/slack/", StringComparison.Ordinal))
                throw new HttpRequestException(HttpRequestError.ConnectionError);
        };
        _isDown = true;
        var (down, step) = (TimeSpan.FromHours(hours), hours == 1 ? Minute * 2 : Minute * FaultScale.Of(test: 60, faults: 15, deep: 5));
        await PassAsync(down / 4, step, failing: true);
        await PassAsync(down / 4, step, failing: false);
        await PassAsync(down / 4, step, failing: false);
        await PassAsync(down / 4, step, failing: true);

        Assert.Empty(_stage.Received.Slack.Messages);
        _isDown = false;
        var waited = TimeSpan.Zero;
        while (_stage.Received.Slack.Messages.Count == 0 && waited < Minute)
        {
            waited += TimeSpan.FromSeconds(1);
            _stage.Wall.Advance(TimeSpan.FromSeconds(1));
            await _stage.DeliverAsync();
        }

        Assert.StartsWith("FIRING", Assert.Single(_stage.Received.Slack.Messages).Text, StringComparison.Ordinal);
        await PassAsync(Minute * 30, Minute * 10, failing: false);
        Assert.Equal(["FIRING", "RESOLVED"], _stage.Received.Slack.Messages.Select(message => message.Text.Split(' ')[0]));
        Assert.Equal(["slack resolve cancelled", "slack resolve delivered", "slack trigger cancelled", "slack trigger delivered"], (await _stage.OutboxAsync()).Where(row => row.StartsWith("slack", StringComparison.Ordinal)).Order());

        var others = await _stage.DelaysAsync("pagerduty");
        Assert.Equal(4, others.Length);
        Assert.All(others, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        goal.Reached($"{hours} h of virtual time without Slack: told {waited.TotalSeconds:0} s after its return, the end after the beginning; PagerDuty heard all within {others.Max().TotalSeconds:0} s");
    }

    /// <summary>Each request may have arrived: the beginning is told again, and the end waits for it.</summary>
    [Fact]
    public async Task ReceiverThatAnswersBadGateway_HearsTheBeginningBeforeTheEnd()
    {
        _faults.After = (request, answer) => _isDown && request.RequestUri!.AbsolutePath.Contains("/slack/", StringComparison.Ordinal) ? BadGateway(answer) : answer;
        _isDown = true;
        await PassAsync(Minute * 20, Minute * 2, failing: true);
        await PassAsync(Minute * 30, Minute * 2, failing: false);
        _isDown = false;
        var heard = _stage.Received.Slack.Messages.Count;
        for (var second = 0; second < 2 * 60; second++)
        {
            _stage.Wall.Advance(TimeSpan.FromSeconds(1));
            await _stage.DeliverAsync();
        }

        Assert.Equal(["FIRING", "RESOLVED"], _stage.Received.Slack.Messages.Skip(heard).Select(message => message.Text.Split(' ')[0]));
    }

    [Fact]
    public async Task TooManyRequests_OneAnswerQuietsTheWholeReceiver()
    {
        await StartAsync("""
            rules:
              - { name: a, metric: success_rate, below: 95, window: 5m, groupWait: 0s, notify: [slack] }
              - { name: b, metric: success_rate, below: 94, window: 5m, groupWait: 0s, notify: [slack] }
              - { name: c, metric: success_rate, below: 93, window: 5m, groupWait: 0s, notify: [slack] }
            """);
        _faults.After = (_, answer) => TooMany(answer);
        await PassAsync(Minute * 10, Minute * 2, failing: true);
        Assert.Equal(1, _faults.Sent);

        _faults.After = null;
        _stage.Wall.Advance(TimeSpan.FromHours(1) + RetrySchedule.Spread);
        await _stage.DeliverAsync();
        Assert.Equal(["slack trigger delivered", "slack trigger delivered", "slack trigger delivered"], await _stage.OutboxAsync());
    }

    private async Task StartAsync(string rules)
    {
        var file = Path.Combine(_stage.Folder, Guid.NewGuid().ToString("N") + ".yaml");
        await File.WriteAllTextAsync(file, rules);
        _faults = new FaultHandler();
        await _stage.RestartAsync(options =>
        {
            options.RulesFile = file;
            options.CreateHandler = () => _faults;
        });
    }

    private static HttpResponseMessage BadGateway(HttpResponseMessage answer)
    {
        answer.Dispose();
        return new HttpResponseMessage(HttpStatusCode.BadGateway);
    }

    private static HttpResponseMessage TooMany(HttpResponseMessage answer)
    {
        answer.Dispose();
        var refused = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        refused.Headers.TryAddWithoutValidation("Retry-After", "3600");
        return refused;
    }

    /// <summary>Both clocks go on together; after each round the senders send what is due.</summary>
    private async Task PassAsync(TimeSpan time, TimeSpan step, bool failing)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            _stage.Wall.Advance(step);
            await _stage.PassAsync(step, () => _stage.SyncAsync(100, failedShare: failing ? 0.5 : 0), step);
            await _stage.DeliverAsync();
        }
    }
}
