using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.Worker.Channels.PagerDuty;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>The hosted services as a host runs them: at every interval of the shared clock, until stopped.</summary>
public sealed class HostedTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Started_BreachReachesTheReceiverAndStopEndsEverything()
    {
        var services = _stage.Worker.GetServices<IHostedService>().ToArray();
        await _stage.SyncAsync(20, failedShare: 1);
        foreach (var service in services)
            await service.StartAsync(CancellationToken.None);

        await UntilAsync(() =>
        {
            _stage.Clock.Advance(TimeSpan.FromSeconds(1));
            return _stage.Received.PagerDuty.Incidents.Count == 1;
        });
        foreach (var service in services)
            await service.StopAsync(CancellationToken.None);

        Assert.All(services.OfType<BackgroundService>(), service => Assert.True(service.ExecuteTask!.IsCompleted));
        Assert.Equal(0, _stage.Clock.PendingTimers);
    }

    [Fact]
    public async Task Started_RulesAreKnownToOtherProcesses_WithThoseThatReachNobody()
    {
        await _stage.RestartAsync(options => options.Receivers.RemoveAt(0));
        var loop = _stage.Worker.GetServices<IHostedService>().First();
        await loop.StartAsync(CancellationToken.None);
        await UntilAsync(() => _stage.Clock.PendingTimers > 0);
        await UntilAsync(async () => (await _stage.Reader.ListUnreachedRulesAsync(CancellationToken.None)).Count > 0);
        await loop.StopAsync(CancellationToken.None);

        Assert.Equal(["sync-success-rate"], await _stage.Reader.ListUnreachedRulesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Running_FilesReplaced_NewReceiverIsToldWithoutARestart()
    {
        var (rules, receivers) = (await _stage.WriteRulesAsync(Rate("slack")), Path.Combine(_stage.Folder, "receivers.yaml"));
        await File.WriteAllTextAsync(receivers, "receivers: {}\n");
        await _stage.RestartAsync(options => (options.RulesFile, options.ReceiversFile) = (rules, receivers));
        var services = _stage.Worker.GetServices<IHostedService>().ToArray();
        foreach (var service in services)
            await service.StartAsync(CancellationToken.None);
        await UntilAsync(() => _stage.Clock.PendingTimers > 0);

        await _stage.WriteRulesAsync(Rate("duty"));
        await File.WriteAllTextAsync(Path.Combine(_stage.Folder, "duty.key"), new string('d', PagerDutyOptions.RoutingKeyLength));
        await File.WriteAllTextAsync(receivers, $"receivers:\n  duty: {{ type: pagerduty, url: {_stage.Site}receivers/pagerduty/v2/enqueue, routingKeyFile: {Path.Combine(_stage.Folder, "duty.key")} }}\n");
        _stage.Worker.GetRequiredService<SetupInForce>().Ask();
        await _stage.SyncAsync(20, failedShare: 1);
        await UntilAsync(() =>
        {
            _stage.Clock.Advance(TimeSpan.FromSeconds(1));
            return _stage.Received.PagerDuty.Incidents.Count == 1;
        });
        foreach (var service in services)
            await service.StopAsync(CancellationToken.None);

        Assert.Contains("duty trigger delivered", await _stage.OutboxAsync());
    }

    /// <summary>R1: what other processes show of the rules is what the file holds.</summary>
    [Fact]
    public async Task Published_RulesCanBeReadBackAsTheyWereLoaded()
    {
        await _stage.Worker.GetRequiredService<AlertEvaluator>().PublishRulesAsync(CancellationToken.None);
        var stored = await _stage.Worker.GetRequiredService<IAlertLog>().ListRulesAsync(CancellationToken.None);

        var shown = "rules:\n" + string.Concat(stored.Select(rule => rule.Yaml));
        Assert.Equal(RuleDocumentWriter.Write(new RuleDocument([.. _stage.Worker.GetRequiredService<AlertingSetup>().Rules.OrderBy(rule => rule.Name, StringComparer.Ordinal)], [])), shown);
        Assert.Equal(shown, RuleDocumentWriter.Write(RuleDocumentReader.Read(shown).Document!));
    }

    private static string Rate(string receiver) => $"{{ name: rate, metric: success_rate, below: 95, window: 5m, groupWait: 0s, notify: [{receiver}] }}";

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <summary>Polls in real time: the loops under test run in real threads. Fails after 20 s.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
    }
}
