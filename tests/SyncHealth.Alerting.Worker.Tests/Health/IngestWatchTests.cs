using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Health;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Health;

/// <summary>An outage of ingest is one alert about ingest, and none about devices.</summary>
public sealed class IngestWatchTests : IAsyncLifetime
{
    private readonly string _rules = Path.GetTempFileName();
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await File.WriteAllTextAsync(_rules, """
            rules:
              - { name: rate, metric: success_rate, below: 95, noData: alert, notify: [pagerduty] }
              - { name: volume, metric: attempts, below: 10, window: 5m, notify: [pagerduty] }
              - { name: stale, metric: staleness_share, above: 10, staleAfter: 30m, notify: [pagerduty] }
            """);
        await _stage.RestartAsync(options => options.RulesFile = _rules);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        File.Delete(_rules);
    }

    [Fact]
    public async Task NothingArrivesAnyMore_OneAlertOpensAndNoRuleSpeaks()
    {
        await PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100));
        await PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(["ingest-down firing"], (await _stage.StatesAsync()).Where(state => !state.StartsWith("volume", StringComparison.Ordinal)));
        await _stage.DeliverAsync();
        Assert.Contains(_stage.Received.PagerDuty.Incidents, incident => incident.Summary == "FIRING all apps: ingest is down, nothing arrives");
        Assert.DoesNotContain(_stage.Received.PagerDuty.Incidents, incident => incident.Summary.Contains("no data", StringComparison.Ordinal) || incident.Summary.Contains("without a sync", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ArrivesAgain_EndsAndRulesSpeakAgain()
    {
        await PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100));
        await PassAsync(TimeSpan.FromHours(1));
        await _stage.DeliverAsync();
        await PassAsync(TimeSpan.FromMinutes(20), () => _stage.SyncAsync(100, failedShare: 0.5));
        await _stage.DeliverAsync();

        Assert.Contains("rate firing", await _stage.StatesAsync());
        Assert.DoesNotContain("ingest-down firing", await _stage.StatesAsync());
        Assert.Contains(_stage.Received.PagerDuty.Incidents, incident => incident.Summary.StartsWith("FIRING all apps", StringComparison.Ordinal) && incident.Status == "resolved");
    }

    [Fact]
    public async Task FiringBefore_StaysFiringAndIsNeverToldAsResolved()
    {
        var goal = new Goal("D6");
        await PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100, failedShare: 0.5));
        await PassAsync(TimeSpan.FromHours(2));
        await _stage.DeliverAsync();

        Assert.Contains("rate firing", await _stage.StatesAsync());
        Assert.All(_stage.Received.PagerDuty.Incidents, incident => Assert.Equal("open", incident.Status));
        goal.Reached("two hours without ingest: one alert says so, and what fired before is still open");
    }

    [Fact]
    public async Task FewDevicesBefore_SilenceIsNoNews()
    {
        await PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(19));
        await PassAsync(TimeSpan.FromHours(1));

        Assert.DoesNotContain("ingest-down firing", await _stage.StatesAsync());
    }

    [Fact]
    public async Task NeverAnythingArrived_SaysNothing()
    {
        await PassAsync(TimeSpan.FromHours(1));

        Assert.Empty(await _stage.StatesAsync());
    }

    private Task PassAsync(TimeSpan time, Func<Task>? each = null) => _stage.PassAsync(time, async () =>
    {
        if (each is not null)
            await each();
        await _stage.Worker.GetRequiredService<IngestWatch>().RunAsync(CancellationToken.None);
    });
}
