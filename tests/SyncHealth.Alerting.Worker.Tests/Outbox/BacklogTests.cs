using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Tests.Channels;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>A backlog that receivers take only at their own rate: real outbox, real HTTP, and clocks that go on when nothing may be sent.</summary>
public sealed class BacklogTests : IAsyncLifetime
{
    /// <summary>Share of the permitted rate that must be reached: waits after a 429 are longer than asked for, by up to two seconds.</summary>
    private const double Floor = 0.9;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly FaultHandler _requests = new();
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(options => options.CreateHandler = () => _requests);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <param name="receiver">Where the backlog waits to go.</param>
    /// <param name="burst">Messages that may come at once.</param>
    /// <param name="perMinute">Messages a minute after that.</param>
    [Theory]
    [InlineData("pagerduty", 120, 120)]
    [InlineData("slack", 5, 60)]
    public async Task Backlog_IsToldAtTheReceiversRate_EachMessageOnce(string receiver, int burst, double perMinute)
    {
        var goal = new Goal("backlog");
        var (taken, refused) = (new List<string>(), 0);
        _requests.After = (request, answer) =>
        {
            if (answer.IsSuccessStatusCode)
                taken.Add(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
            else
                refused++;
            return answer;
        };
        var backlog = FaultScale.Of(test: 240, faults: 10_000, deep: 100_000);
        for (var number = 0; number < backlog; number++)
            Assert.True(await _stage.Worker.GetRequiredService<AlertStore>().SaveAsync(Alert(receiver, number), CancellationToken.None));

        var begun = _stage.Wall.GetUtcNow();
        while (taken.Count < backlog)
        {
            await _stage.DeliverAsync();
            _stage.Wall.Advance(Step);
        }

        var outbox = await _stage.OutboxAsync();
        Assert.Equal(backlog, outbox.Count(row => row == $"{receiver} trigger delivered"));
        Assert.Equal(backlog, outbox.Length);
        Assert.Equal(backlog, taken.Distinct().Count());
        var (minutes, permitted) = ((_stage.Wall.GetUtcNow() - begun).TotalMinutes, (backlog - burst) / perMinute);
        Assert.InRange(permitted / minutes, Floor, 1);
        goal.Reached(string.Create(CultureInfo.InvariantCulture, $"{backlog:N0} notifications waiting for {receiver}, each told once, at {100 * permitted / minutes:N0} % of its rate; told to wait {refused:N0} times"));
    }

    private AlertSave Alert(string receiver, int number)
    {
        var now = _stage.Clock.GetUtcNow();
        var name = number.ToString(CultureInfo.InvariantCulture);
        return new AlertSave
        {
            Rule = "backlog", App = "notes", Segment = new Dictionary<string, string> { ["network"] = name }, Version = 0, StateJson = "{}", Severity = "critical", Status = "firing",
            Since = now, Episode = 1, Sequence = 1, Threshold = 95, Unit = "percent", EvaluatedAt = now, Transition = new TransitionSave("inactive", "breach", "{}"),
            Notices = new NoticeSave(1, "trigger", AlertJson.Write(Some.Trigger() with { IncidentKey = "incident-" + name, App = "notes-" + name }), [receiver], now, _stage.Wall.GetUtcNow()),
        };
    }
}
