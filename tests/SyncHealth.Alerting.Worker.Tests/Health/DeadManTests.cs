using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SyncHealth.Alerting.Worker.Channels;
using SyncHealth.Alerting.Worker.Health;
using SyncHealth.Storage.Alerts;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Health;

/// <summary>Reliability D10: the switch outside hears of rounds that evaluated something, and of nothing else. What keeps it quiet keeps the pages' record of rounds from growing.</summary>
public sealed class DeadManTests : IAsyncLifetime
{
    /// <summary>Real time for a loop that runs in real threads; more than any of it takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly FaultHandler _switch = new();
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        var file = Path.Combine(_stage.Folder, "rules.yaml");
        await File.WriteAllTextAsync(file, "rules:\n  - { name: rate, metric: success_rate, below: 95, notify: [slack] }\n");
        await _stage.RestartAsync(options =>
        {
            options.RulesFile = file;
            options.CreateHandler = () => _switch;
            options.HeartbeatUrl = new Secret(new Uri(_stage.Site, "receivers").AbsoluteUri);
        });
        await _stage.SyncAsync(100);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task RoundsThatEvaluate_FeedTheSwitch()
    {
        await EvaluateUntilAsync(() => _switch.Sent > 0);

        Assert.NotNull(await HealthAsync());
    }

    [Fact]
    public async Task RoundsInWhichEveryRuleFails_FeedNothingAndAreNoRounds()
    {
        var goal = new Goal("D10");
        await _stage.ExecuteAsync("drop function synchealth.rule_counts");
        var (counters, missed) = (_stage.Worker.GetRequiredService<AlertingCounters>(), 0L);
        await EvaluateUntilAsync(() => (missed += counters.Take().Missed) >= 3);

        Assert.Equal(0, _switch.Sent);
        Assert.Null(await HealthAsync());
        goal.Reached("an evaluator that evaluates nothing feeds no switch, and no page says that it does");
    }

    [Fact]
    public async Task OneRuleOfTwoThatFails_CostsNoRound()
    {
        var file = Path.Combine(_stage.Folder, "two.yaml");
        await File.WriteAllTextAsync(file, "rules:\n  - { name: rate, metric: success_rate, below: 95, notify: [slack] }\n  - { name: queue, metric: queue_depth_share, depthOver: 1000, above: 1, notify: [slack] }\n");
        await _stage.RestartAsync(options => options.RulesFile = file);
        await _stage.ExecuteAsync("drop function synchealth.rule_counts");

        await _stage.EvaluateAsync();
    }

    /// <summary>Runs the loop as a host does until it got so far.</summary>
    private async Task EvaluateUntilAsync(Func<bool> holds)
    {
        var loop = _stage.Worker.GetServices<IHostedService>().First();
        await loop.StartAsync(CancellationToken.None);
        using var deadline = new CancellationTokenSource(Patience);
        while (!holds())
        {
            _stage.Clock.Advance(AlertingStage.Interval);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }

        await loop.StopAsync(CancellationToken.None);
    }

    private Task<AlertHealth?> HealthAsync() => _stage.Worker.GetRequiredService<AlertHealthStore>().ReadAsync(CancellationToken.None);
}
