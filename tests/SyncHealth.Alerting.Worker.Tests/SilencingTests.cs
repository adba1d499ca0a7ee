using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>What is silenced or inhibited is evaluated and shown as ever; only the messages wait.</summary>
public sealed class SilencingTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Silenced_FiresButTellsNobody_UntilTheSilenceEnds()
    {
        await SilenceAsync("rule=sync-success-rate", TimeSpan.FromMinutes(30));
        await _stage.BreachAsync();
        await _stage.DeliverAsync();

        Assert.Empty(_stage.Received.PagerDuty.Incidents);
        Assert.Single(_stage.Received.Slack.Messages);                                             // the other rules are heard
        var silenced = await ActiveAsync("sync-success-rate");
        Assert.Equal(("firing", "silenced"), (silenced.State, silenced.Muted));

        await _stage.PassAsync(TimeSpan.FromMinutes(25), () => _stage.SyncAsync(100, failedShare: 0.5));
        await _stage.DeliverAsync();
        Assert.Equal("open", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
        Assert.Null((await ActiveAsync("sync-success-rate")).Muted);

        await _stage.RecoverAsync();
        await _stage.DeliverAsync();
        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
    }

    [Fact]
    public async Task Silenced_OverBeforeTheSilence_WasNeverTold()
    {
        await SilenceAsync("app=notes", TimeSpan.FromHours(3));
        await _stage.BreachAsync();
        await _stage.RecoverAsync();
        await _stage.DeliverAsync();

        Assert.Empty(await _stage.StatesAsync());
        Assert.Empty(await _stage.OutboxAsync());
    }

    [Fact]
    public async Task Silenced_AfterItWasTold_ItsEndIsToldToo()
    {
        await _stage.BreachAsync();
        await _stage.DeliverAsync();
        await SilenceAsync("app=notes", TimeSpan.FromHours(3));
        await _stage.RecoverAsync();
        await _stage.DeliverAsync();

        Assert.Equal("resolved", Assert.Single(_stage.Received.PagerDuty.Incidents).Status);
    }

    [Fact]
    public async Task Inhibited_ASegmentWhileTheFleetFires_IsShownAndNotTold()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            rules:
              - { name: a-segments, metric: success_rate, below: 95, for: 2m, by: [network], newGroupGrace: 0s, notify: [slack] }
              - { name: b-fleet, metric: success_rate, below: 95, for: 2m, notify: [pagerduty] }
            """);
        await _stage.RestartAsync(options => options.RulesFile = file);
        File.Delete(file);

        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(200, failedShare: 0.5));
        await _stage.DeliverAsync();

        Assert.Single(_stage.Received.PagerDuty.Incidents);
        Assert.Empty(_stage.Received.Slack.Messages);
        Assert.Equal("inhibited", (await ActiveAsync("a-segments")).Muted);
    }

    [Fact]
    public async Task Silence_ThatCannotBeRead_SilencesNothing()
    {
        await SilenceAsync("app=~(", TimeSpan.FromHours(3));
        await _stage.BreachAsync();
        await _stage.DeliverAsync();
        Assert.Single(_stage.Received.PagerDuty.Incidents);
    }

    private Task SilenceAsync(string matcher, TimeSpan length)
    {
        var now = _stage.Clock.GetUtcNow();
        return _stage.Worker.GetRequiredService<SilenceStore>().AddAsync(
            new StoredSilence(Guid.CreateVersion7(now), [matcher], "known", "ann", now, now, now + length), CancellationToken.None);
    }

    private async Task<AlertSummary> ActiveAsync(string rule) =>
        (await _stage.Reader.ListActiveAsync("notes", CancellationToken.None)).Single(alert => alert.Rule == rule);
}
