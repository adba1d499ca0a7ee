using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>An alert that begins and ends all the time, from the data to the receivers.</summary>
public sealed class FlappingTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Flapping_ReceiversHoldOneIncidentOpen_UntilItIsQuiet()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "rules:\n  - { name: flappy, metric: success_rate, below: 95, window: 1m, groupWait: 0s, notify: [pagerduty] }\n");
        await _stage.RestartAsync(options => options.RulesFile = file);
        File.Delete(file);

        for (var toggle = 0; toggle < 10; toggle++)
        {
            await _stage.PassAsync(AlertingStage.Interval, () => _stage.SyncAsync(100, failedShare: toggle % 2 == 0 ? 0.5 : 0));
            await _stage.DeliverAsync();
        }

        Assert.Equal(["open", "resolved"], _stage.Received.PagerDuty.Incidents.Select(incident => incident.Status).Order());
        var known = await _stage.OutboxAsync();

        await _stage.RecoverAsync();
        await _stage.DeliverAsync();
        Assert.All(_stage.Received.PagerDuty.Incidents, incident => Assert.Equal("resolved", incident.Status));
        Assert.Equal(["pagerduty trigger delivered", "pagerduty resolve delivered", "pagerduty trigger delivered"], known);
        Assert.Equal(known.Append("pagerduty resolve delivered"), await _stage.OutboxAsync());
    }
}
