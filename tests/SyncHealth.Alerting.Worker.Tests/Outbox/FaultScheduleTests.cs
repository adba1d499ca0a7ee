using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>
/// Reliability D1: incident after incident while two workers are killed at every step, receivers refuse, fail after taking, or do not answer, and Postgres drops
/// every session in the middle of rounds.
/// Nothing is missed, and nothing with a key is opened twice.
/// </summary>
public sealed class FaultScheduleTests : IAsyncLifetime
{
    /// <summary>Requests in a hundred that end badly.</summary>
    private const int BadPercent = 40;

    /// <summary>Rounds in a hundred in which Postgres drops every session.</summary>
    private const int CutPercent = 10;

    private readonly Random _random = new(FaultScale.Seed);
    private readonly FaultHandler _faults = new();
    private int _struck;
    private int _cut;
    private int _lost;
    private AlertingStage _stage = null!;
    private ServiceProvider _other = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(Configure);
        _other = _stage.StartWorker(Configure);
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task ManyIncidents_AreAllToldAndNoneOpensTwice()
    {
        var goal = new Goal("D1");
        var incidents = FaultScale.Of(test: 3, faults: 100, deep: 2000);
        for (var incident = 0; incident < incidents; incident++)
        {
            await _stage.PassAsync(TimeSpan.FromMinutes(10), () => StepAsync(failing: true));
            await HealAsync();
            await _stage.PassAsync(TimeSpan.FromMinutes(20), () => StepAsync(failing: false));
            await HealAsync();
            // Apart enough that they are incidents and not one that flaps.
            _stage.Clock.Advance(TimeSpan.FromHours(3));
            // As in service: every round reads what is not folded yet, and would be slower with each incident.
            await _stage.MaintainAsync();
        }

        var outbox = await _stage.OutboxAsync();
        Assert.DoesNotContain(outbox, row => !row.EndsWith("delivered", StringComparison.Ordinal));
        Assert.Equal(incidents * 2, outbox.Count(row => row.StartsWith("pagerduty", StringComparison.Ordinal)));
        Assert.Equal(incidents, _stage.Received.PagerDuty.Incidents.Count);
        Assert.Equal(incidents, _stage.Received.PagerDuty.Incidents.Select(incident => incident.DedupKey).Distinct().Count());
        Assert.All(_stage.Received.PagerDuty.Incidents, incident => Assert.Equal("resolved", incident.Status));
        Assert.Equal(("Done", incidents - 1), Assert.Single(_stage.Received.Jira.Issues) is var issue ? (issue.Status, issue.Reopened) : default);
        Assert.InRange(_stage.Received.Slack.Messages.Count, incidents * 2, int.MaxValue);
        goal.Reached($"{incidents} incidents told, none twice, with {_faults.Sent} requests of which {_struck} were struck by a fault; Postgres dropped every session in {_cut} rounds, {_lost} of which were lost");
    }

    private void Configure(AlertingOptions options) => options.CreateHandler = () => _faults;

    private async Task StepAsync(bool failing)
    {
        await _stage.SyncAsync(100, failedShare: failing ? 0.5 : 0, durationMs: failing ? 90_000 : 800, queue: failing ? 1500 : 0);
        if (_random.Next(100) < CutPercent)
            await CutDuringARoundAsync();
        else
            await _other.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None);
        Break();
        foreach (var worker in new[] { _stage.Worker, _other })
            foreach (var sender in worker.GetRequiredService<IReadOnlyList<OutboxSender>>())
                await TryAsync(sender);
        _stage.Wall.Advance(TimeSpan.FromSeconds(_random.Next(90)));
    }

    /// <summary>Postgres drops every session somewhere in the other worker's round: what it committed stands, the rest is for the rounds that come.</summary>
    private async Task CutDuringARoundAsync()
    {
        var round = _other.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None);
        await _stage.CutSessionsAsync();
        try
        {
            await round;
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            _lost++;
        }

        foreach (var worker in new[] { _stage.Worker, _other })
            worker.GetRequiredService<NpgsqlDataSource>().Clear();
        _cut++;
    }

    /// <summary>A worker that is killed here is one whose lease runs out: all it knew is in the database.</summary>
    private static async Task TryAsync(OutboxSender sender)
    {
        try
        {
            await sender.SendNextAsync(CancellationToken.None);
        }
        catch (KilledException)
        {
            return;
        }
    }

    private void Break()
    {
        _faults.Before = _ => Strike(1, 2);
        _faults.After = (_, answer) => Strike(3, 7) switch
        {
            3 => throw new KilledException(),
            4 => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            5 => new HttpResponseMessage(HttpStatusCode.BadGateway),
            6 => new HttpResponseMessage(HttpStatusCode.GatewayTimeout),
            7 => Refused(answer),
            _ => answer,
        };
    }

    /// <summary>A kind of fault between <paramref name="first"/> and <paramref name="last"/>, or 0; the first two strike before the request leaves.</summary>
    private int Strike(int first, int last)
    {
        var kind = _random.Next(100) < BadPercent ? _random.Next(first, last + 1) : 0;
        _struck += kind > 0 ? 1 : 0;
        return kind switch
        {
            1 => throw new KilledException(),
            2 => throw new HttpRequestException(HttpRequestError.ConnectionError),
            _ => kind,
        };
    }

    /// <summary>503 after the vendor took it: the outcome is unknown, and it asks for time.</summary>
    private static HttpResponseMessage Refused(HttpResponseMessage answer)
    {
        answer.Dispose();
        var refused = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        refused.Headers.TryAddWithoutValidation("Retry-After", "3");
        return refused;
    }

    private async Task HealAsync()
    {
        (_faults.Before, _faults.After) = (null, null);
        do
        {
            _stage.Wall.Advance(TimeSpan.FromMinutes(6));
            await _stage.DeliverAsync();
        }
        while ((await _stage.OutboxAsync()).Any(row => row.EndsWith("waiting", StringComparison.Ordinal)));
    }
}
