using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>An evaluator reads only what was written since its last round; what another one wrote, closed or deleted is never missed.</summary>
public sealed class AlertMemoryTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;
    private ServiceProvider _other = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        var file = Path.Combine(_stage.Folder, "rules.yaml");
        await File.WriteAllTextAsync(file, "rules:\n  - { name: rate, metric: success_rate, below: 95, window: 5m, by: [network], newGroupGrace: 0s, groupWait: 0s, notify: [pagerduty] }\n");
        await _stage.RestartAsync(options => options.RulesFile = file);
        _other = _stage.StartWorker(options => options.RulesFile = file);
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task IncidentThatAnotherOpened_IsEndedByTheOneThatIsLeft()
    {
        await PassAsync(4, ours: true, others: true);
        await PassAsync(10, ours: false, others: true, failing: true);
        Assert.Equal(["rate firing"], await _stage.StatesAsync());

        await PassAsync(20, ours: true, others: false);
        Assert.Empty(await _stage.StatesAsync());
        Assert.Equal(["pagerduty trigger delivered", "pagerduty resolve delivered"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task TwoThatTakeTurns_TellEachIncidentOnce()
    {
        for (var turn = 0; turn < 6; turn++)
        {
            await PassAsync(10, ours: turn % 2 == 0, others: turn % 2 == 1, failing: turn is 1 or 4);
            // Apart enough that they are incidents and not one that flaps.
            _stage.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(
            ["pagerduty trigger delivered", "pagerduty resolve delivered", "pagerduty trigger delivered", "pagerduty resolve delivered"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task SegmentThatWasDeletedMeanwhile_IsSavedAgain()
    {
        await PassAsync(4, ours: true, others: false);
        var store = _stage.Worker.GetRequiredService<AlertStore>();
        var known = Assert.Single(await store.LoadAsync(CancellationToken.None));
        Assert.True(await store.ForgetAsync(known.Rule, known.App, known.Segment, known.Class, known.Version, CancellationToken.None));

        await PassAsync(12, ours: true, others: false, failing: true);
        Assert.Equal(["rate firing"], await _stage.StatesAsync());
        Assert.Equal(["pagerduty trigger delivered"], await _stage.OutboxAsync());
    }

    [Fact]
    public async Task Acknowledgement_IsHeardAtTheNextRound()
    {
        await PassAsync(6, ours: true, others: false, failing: true);
        var alert = Assert.Single(await _stage.Reader.ListActiveAsync(null, CancellationToken.None));
        await _stage.Worker.GetRequiredService<AcknowledgementStore>().AddAsync(alert.Id, "kim", _stage.Clock.GetUtcNow(), CancellationToken.None);

        await PassAsync(2, ours: true, others: false, failing: true);
        Assert.Contains("pagerduty acknowledge delivered", await _stage.OutboxAsync());
    }

    private async Task PassAsync(int minutes, bool ours, bool others, bool failing = false)
    {
        for (var minute = 0; minute < minutes; minute += 2)
        {
            _stage.Clock.Advance(AlertingStage.Interval);
            await _stage.SyncAsync(200, failedShare: failing ? 0.5 : 0);
            if (ours)
                await _stage.EvaluateAsync();
            if (others)
                await _other.GetRequiredService<AlertEvaluator>().RunRoundAsync(CancellationToken.None);
        }

        await _stage.DeliverAsync();
    }
}
