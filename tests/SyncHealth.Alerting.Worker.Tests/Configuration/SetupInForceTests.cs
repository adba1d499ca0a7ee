using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Alerting.Worker.Outbox;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Configuration;

/// <summary>Files that change while the program runs.</summary>
public sealed class SetupInForceTests : IAsyncLifetime
{
    private const string Rate = "{ name: rate, metric: success_rate, below: 95, window: 5m, groupWait: 0s, notify: [slack] }";
    private const string Queue = "{ name: queue, metric: queue_depth_share, above: 1, depthOver: 1000, window: 5m, groupWait: 0s, notify: [slack] }";

    private AlertingStage _stage = null!;
    private string _rules = null!;

    private SetupInForce Setup => _stage.Worker.GetRequiredService<SetupInForce>();

    private IEnumerable<string> Names => Setup.Current.Rules.Select(rule => rule.Name);

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        _rules = Path.Combine(_stage.Folder, "rules.yaml");
        Write(Rate);
        await _stage.RestartAsync(options => options.RulesFile = _rules);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public void Refresh_NothingChanged_ReadsNothing()
    {
        var before = Setup.Current;

        Assert.False(Setup.Refresh());
        Assert.Same(before, Setup.Current);
    }

    [Fact]
    public void Refresh_FileChanged_IsInForceOnceItHasStoodStillForALook()
    {
        Write(Rate, Queue);

        Assert.False(Setup.Refresh());
        Assert.Equal(["rate"], Names);
        Assert.True(Setup.Refresh());
        Assert.Equal(["rate", "queue"], Names);
        Assert.False(Setup.Refresh());
    }

    [Fact]
    public void Refresh_FileIsWrittenInPieces_HalfOfItIsNeverInForce()
    {
        Write(Queue);
        Assert.False(Setup.Refresh());
        Write(Queue, Rate);
        Assert.False(Setup.Refresh());
        Assert.Equal(["rate"], Names);

        Assert.True(Setup.Refresh());
        Assert.Equal(["queue", "rate"], Names);
    }

    [Fact]
    public void Ask_FileChanged_IsInForceAtTheNextLook()
    {
        Write(Queue);
        Setup.Ask();

        Assert.True(Setup.Refresh());
        Assert.Equal(["queue"], Names);
    }

    [Fact]
    public async Task Ask_FileAsBefore_ReadsTheSecretsThatItNamesAgain()
    {
        var (secret, receivers) = (Path.Combine(_stage.Folder, "slack.url"), Path.Combine(_stage.Folder, "receivers.yaml"));
        await File.WriteAllTextAsync(secret, "");
        await File.WriteAllTextAsync(receivers, $"receivers:\n  chat: {{ type: slack, webhookUrlFile: {secret} }}\n");
        await _stage.RestartAsync(options => options.ReceiversFile = receivers);
        Assert.DoesNotContain("chat", Setup.Current.ConfiguredNames);
        await File.WriteAllTextAsync(secret, "https://hooks.slack.com/services/T0/B0/abcdef");

        Assert.False(Setup.Refresh());
        Setup.Ask();
        Assert.True(Setup.Refresh());
        Assert.Contains("chat", Setup.Current.ConfiguredNames);
        Assert.Contains(_stage.Worker.GetRequiredService<Senders>().All, sender => sender.Receiver == "chat");
    }

    [Fact]
    public void Refresh_BadFile_KeepsWhatWasInForceAndSaysKeyAndLine()
    {
        Write(Rate, "{ name: queue, metric: queue_depth, above: 1, notify: [slack] }");
        Setup.Ask();

        Assert.False(Setup.Refresh());
        Assert.Equal(["rate"], Names);
        Assert.Contains("line 3", Setup.Problem, StringComparison.Ordinal);
        Assert.Contains("metric", Setup.Problem, StringComparison.Ordinal);
        Assert.False(Setup.Refresh());
    }

    [Fact]
    public void Refresh_FileGone_KeepsWhatWasInForce()
    {
        File.Delete(_rules);
        Setup.Ask();

        Assert.False(Setup.Refresh());
        Assert.Equal(["rate"], Names);
        Assert.Contains("RulesFile", Setup.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_RuleRemoved_ItsAlertEndsAndTheNewRuleSpeaks()
    {
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100, failedShare: 0.5, queue: 1500));
        Assert.Equal(["rate firing"], await _stage.StatesAsync());
        Write(Queue);
        Setup.Ask();
        Setup.Refresh();
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100, failedShare: 0.5, queue: 1500));

        Assert.Equal(["queue firing"], await _stage.StatesAsync());
    }

    [Fact]
    public async Task Watch_BadFile_TellsWhoReadsAlongUntilItIsMended()
    {
        var watch = _stage.Worker.GetRequiredService<SetupWatch>();
        await watch.RunAsync(CancellationToken.None);
        Assert.Empty(await _stage.StatesAsync());
        Write("{ name: rate }");
        Setup.Ask();
        Setup.Refresh();
        await watch.RunAsync(CancellationToken.None);
        _stage.Clock.Advance(AlertingStage.Interval);
        await _stage.DeliverAsync();

        Assert.Equal(["rules-refused firing"], await _stage.StatesAsync());
        Assert.Empty(_stage.Received.PagerDuty.Incidents);
        var message = (await _stage.MessagesAsync())[0];
        Assert.Contains(_rules, message.Annotations["problem"], StringComparison.Ordinal);
        Assert.Contains(_stage.Received.Slack.Messages, told => told.Text.Contains("FIRING all apps: the rules as they stand are refused, the last good ones hold", StringComparison.Ordinal));

        Write(Queue);
        Setup.Ask();
        Setup.Refresh();
        _stage.Clock.Advance(AlertingStage.Interval);
        await watch.RunAsync(CancellationToken.None);
        Assert.Empty(await _stage.StatesAsync());
        Assert.Contains(await _stage.OutboxAsync(), line => line.StartsWith("slack resolve", StringComparison.Ordinal));
    }

    [Fact]
    public void Senders_ReceiversReplaced_KeepAVendorsWishForQuiet()
    {
        var senders = _stage.Worker.GetRequiredService<Senders>();
        var until = _stage.Wall.GetUtcNow().AddHours(1);
        var before = senders.All;
        before.Single(sender => sender.Receiver == "slack").QuietUntil = until;
        Setup.Ask();
        Setup.Refresh();

        Assert.NotSame(before, senders.All);
        Assert.Equal(until, senders.All.Single(sender => sender.Receiver == "slack").QuietUntil);
    }

    private void Write(params string[] rules) => File.WriteAllText(_rules, $"rules:\n{string.Concat(rules.Select(rule => $"  - {rule}\n"))}");
}
