using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Alerting.Worker.Outbox;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>
/// Incident after incident while two workers are killed at every step, receivers refuse, fail after taking, or do not answer, and Postgres dies in the middle of rounds
/// and of deliveries. It has a Postgres, workers, receivers and faults of its own, so that several may run beside one another.
/// </summary>
internal sealed class FaultCourse : IAsyncDisposable
{
    /// <summary>Postgres goes in every so manieth step: a number that walks over all steps of an incident, which has twenty.</summary>
    private const int StrikeEvery = 11;

    /// <summary>When Postgres goes, counted from the beginning of the work that it interrupts, at the latest and in real time: rounds and deliveries take about so long.</summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMilliseconds(60);

    private readonly Random _random;
    private readonly FaultHandler _faults = new();
    private readonly HttpFaults _http;
    private readonly HashSet<string> _incidents = [];
    private DurableCluster? _cluster;
    private AlertingStage _stage = null!;
    private ServiceProvider _other = null!;
    private int _steps;
    private int _strikes;
    private int _interrupted;

    private FaultCourse(int seed)
    {
        _random = new Random(seed);
        _http = new HttpFaults(seed);
    }

    /// <summary>How often Postgres went.</summary>
    public int Strikes => _strikes;

    /// <summary>How often it went in the middle of a round or a delivery.</summary>
    public int Interrupted => _interrupted;

    /// <summary>Requests that left.</summary>
    public int Sent => _faults.Sent;

    /// <summary>Requests that a fault struck.</summary>
    public int Struck => _http.Struck;

    /// <summary>With a Postgres that may be killed where figures are held: elsewhere sessions only drop, as seen from here the same, and a cluster costs a quarter of a minute more.</summary>
    public static async Task<FaultCourse> StartAsync(int seed)
    {
        var course = new FaultCourse(seed);
        course._cluster = FaultScale.HoldsFigures ? await DurableCluster.StartAsync() : null;
        course._stage = await AlertingStage.CreateAsync(course._cluster is null ? null : await TestDatabase.CreateAsync(course._cluster));
        await course._stage.RestartAsync(course.Configure);
        course._other = course._stage.StartWorker(course.Configure);
        return course;
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _stage.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    /// <summary>Lets incidents begin and end, and asserts after each that it was told once and whole.</summary>
    /// <param name="incidents">How many.</param>
    /// <param name="passed">Called after each.</param>
    public async Task RunAsync(int incidents, Action passed)
    {
        for (var incident = 1; incident <= incidents; incident++)
        {
            var begin = _stage.Clock.GetUtcNow();
            await _stage.PassAsync(TimeSpan.FromMinutes(20), () => StepAsync(failing: true));
            await HealAsync();
            await _stage.PassAsync(TimeSpan.FromMinutes(20), () => StepAsync(failing: false));
            await HealAsync();
            AssertTold(incident, begin);
            // Apart enough that they are incidents and not one that flaps.
            _stage.Clock.Advance(TimeSpan.FromHours(3));
            // As in service: every round reads what is not folded yet, and would be slower with each incident.
            await _stage.MaintainAsync();
            passed();
        }

        var outbox = await _stage.OutboxAsync();
        Assert.DoesNotContain(outbox, row => !row.EndsWith("delivered", StringComparison.Ordinal));
        foreach (var receiver in new[] { "pagerduty", "slack", "jira" })
            Assert.Equal(incidents * 2, outbox.Count(row => row.StartsWith(receiver, StringComparison.Ordinal)));
        Assert.Empty(_http.SentAgain);
    }

    private void Configure(AlertingOptions options) => options.CreateHandler = () => _faults;

    /// <summary>The incident is one more, has ended as all before it, was ticketed in the one issue, and was spoken of twice in Slack.</summary>
    private void AssertTold(int incident, DateTimeOffset begin)
    {
        var received = _stage.Received;
        Assert.All(received.PagerDuty.Incidents, shown => Assert.Equal("resolved", shown.Status));
        Assert.Equal(received.PagerDuty.Incidents.Count, received.PagerDuty.Incidents.Select(shown => shown.DedupKey).Distinct().Count());
        _incidents.UnionWith(received.PagerDuty.Incidents.Select(shown => shown.DedupKey));
        Assert.Equal(incident, _incidents.Count);
        Assert.Equal(("Done", incident - 1), Assert.Single(received.Jira.Issues) is var issue ? (issue.Status, issue.Reopened) : default);
        Assert.InRange(received.Slack.Messages.Count(message => message.At >= begin), 2, int.MaxValue);
    }

    private async Task StepAsync(bool failing)
    {
        await _stage.SyncAsync(100, failedShare: failing ? 0.5 : 0, durationMs: failing ? 90_000 : 800, queue: failing ? 1500 : 0);
        var isStruck = ++_steps % StrikeEvery == 0;
        var strikesRound = isStruck && _random.Next(2) == 0;
        await RunAsync(strikesRound, () => _other.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None));
        (_faults.Before, _faults.After) = (_http.Before, _http.After);
        await RunAsync(isStruck && !strikesRound, SendAsync);
        _stage.Wall.Advance(TimeSpan.FromSeconds(_random.Next(90)));
    }

    /// <summary>Both workers' senders in turn. A worker that is killed here is one whose lease runs out: all it knew is in the database.</summary>
    private async Task SendAsync()
    {
        foreach (var worker in new[] { _stage.Worker, _other })
            foreach (var sender in worker.GetRequiredService<Senders>().All)
                try
                {
                    await sender.SendNextAsync(CancellationToken.None);
                }
                catch (KilledException)
                {
                    continue;
                }
    }

    /// <summary>Does something; <paramref name="isStruck"/> lets Postgres go somewhere in its middle. What was committed stands, the rest is for what comes after.</summary>
    private async Task RunAsync(bool isStruck, Func<Task> work)
    {
        if (!isStruck)
        {
            await work();
            return;
        }

        var moment = LongestWork * _random.NextDouble();
        var running = work();
        await Task.WhenAny(running, Task.Delay(moment, TimeProvider.System));
        await (_cluster is null ? _stage.CutSessionsAsync() : _cluster.KillHardAsync());
        try
        {
            await running;
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException)
        {
            _interrupted++;
        }

        if (_cluster is not null)
            await _cluster.LaunchServerAsync();
        // What it would have recorded is lost: any request may come again.
        _http.Forget();
        _stage.ForgetSessions();
        foreach (var worker in new[] { _stage.Worker, _other })
            worker.GetRequiredService<NpgsqlDataSource>().Clear();
        _strikes++;
    }

    /// <summary>No more faults, until all is told. Both clocks go on: what a rule's waiting time holds back runs on the shared one.</summary>
    private async Task HealAsync()
    {
        (_faults.Before, _faults.After) = (null, null);
        do
        {
            _stage.Clock.Advance(TimeSpan.FromMinutes(1));
            _stage.Wall.Advance(TimeSpan.FromMinutes(6));
            await _stage.DeliverAsync();
        }
        while (await _stage.CountWaitingAsync() > 0);
    }
}
