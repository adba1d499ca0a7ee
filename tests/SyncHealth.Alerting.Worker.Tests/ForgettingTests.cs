using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>Segments that left are forgotten: what never fired after a week of silence, what did with its history.</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        var file = Path.Combine(_stage.Folder, "rules.yaml");
        await File.WriteAllTextAsync(file, "rules:\n  - { name: rate, metric: success_rate, below: 95, by: [network], newGroupGrace: 0s, notify: [slack] }\n");
        await _stage.RestartAsync(options => options.RulesFile = file);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Segment_ThatNeverFired_IsForgottenAfterAWeekOfSilence()
    {
        await PassAsync(() => _stage.SyncAsync(200, network: "wifi"));
        await PassAsync(() => Task.CompletedTask, days: 1);
        Assert.Equal(["wifi"], await SegmentsAsync());

        await PassAsync(() => _stage.SyncAsync(200, network: "cellular"), days: 7);
        Assert.Equal(["cellular"], await SegmentsAsync());
    }

    [Fact]
    public async Task Segment_ThatFired_StaysOpenWhileSilent_AndIsForgottenOnlyWithItsHistory()
    {
        await PassAsync(() => _stage.SyncAsync(200, failedShare: 0.5, network: "wifi"));
        await PassAsync(() => Task.CompletedTask, days: 40);
        Assert.Equal(["rate firing"], await _stage.StatesAsync());

        await PassAsync(() => _stage.SyncAsync(900, network: "wifi"));
        await PassAsync(() => Task.CompletedTask, days: 20);
        Assert.Equal(["wifi"], await SegmentsAsync());
        await _stage.DeliverAsync();
        await PassAsync(() => Task.CompletedTask, days: 20);
        Assert.Empty(await SegmentsAsync());
        Assert.Empty(await _stage.OutboxAsync());
    }

    private async Task PassAsync(Func<Task> each, int days = 0)
    {
        for (var day = 0; day < Math.Max(1, days); day++)
        {
            await _stage.PassAsync(TimeSpan.FromMinutes(4), each);
            _stage.Clock.Advance(TimeSpan.FromDays(days == 0 ? 0 : 1));
        }

        await _stage.PassAsync(TimeSpan.FromMinutes(4), each);
    }

    private async Task<string[]> SegmentsAsync() =>
        [.. (await _stage.Worker.GetRequiredService<AlertStore>().LoadAsync(CancellationToken.None)).Select(alert => alert.Segment["network"])];
}
