using SyncHealth.Alerting.Worker.Evaluator;
using SyncHealth.Contracts;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>What messages say around a breach and at its end, read from a real database.</summary>
public sealed class SurroundingsTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Incident_BeginningAndEnd_TellErrorsCodesVerdictAndWhomItConcerned()
    {
        await _stage.UseRulesAsync("{ name: success, metric: success_rate, below: 95, notify: [pagerduty] }");
        await _stage.PassAsync(TimeSpan.FromMinutes(20), () => _stage.SyncAsync(150));
        await _stage.PassAsync(TimeSpan.FromMinutes(4), async () =>
        {
            await _stage.SyncAsync(150);
            await _stage.SyncAsync(50, failedShare: 0.8, version: "2.5.0", firstDevice: 5000, error: (SyncErrorKind.Server, "http_503"));
        });
        await _stage.PassAsync(TimeSpan.FromMinutes(40), () => _stage.SyncAsync(200));

        var messages = await _stage.MessagesAsync();
        var (begin, end) = (messages[0], messages[1]);
        Assert.Equal(2, messages.Count);
        Assert.Equal("2.5.0", begin.Rollout?[..5]);
        Assert.StartsWith("2.5.0 is worse than 2.4.1 on Android over cellular: success rate ", begin.RolloutVerdict, StringComparison.Ordinal);
        Assert.Equal(("server 100 %", "http_503 100 %"), (begin.ErrorKinds, begin.ErrorCodes));
        Assert.Null(begin.AffectedDevices);
        Assert.Equal("40 devices", end.AffectedDevices);
        Assert.Equal((null, null), (end.RolloutVerdict, end.ErrorCodes));
    }

    [Fact]
    public async Task QueueIncident_AtItsEnd_TellsHowManyQueuesWereDeepAtOnce()
    {
        await _stage.UseRulesAsync("{ name: queues, metric: queue_depth_share, depthOver: 1000, above: 1, notify: [jira] }");
        foreach (var deep in (int[])[20, 35, 10, 0])
            await _stage.PassAsync(AlertingStage.Interval, async () =>
            {
                if (deep > 0)
                    await _stage.SyncAsync(deep, queue: 1500);
                await _stage.SyncAsync(100 - deep, firstDevice: 1000 + deep);
            });

        Assert.Equal("35 devices at once, at most", (await _stage.MessagesAsync())[^1].AffectedDevices);
    }

    /// <summary>Thirty segments open in one round: the first twenty carry what surrounds them, the fleet's own first; all are told.</summary>
    [Fact]
    public async Task ManyOpenings_OfOneRound_ReadTheSurroundingsOfTwentyTheFleetsFirst()
    {
        const int Releases = 30;
        await _stage.UseRulesAsync(
            "{ name: by-release, metric: success_rate, below: 95, by: [app_version], newGroupGrace: 0s, mode: point, severity: critical, notify: [slack] }",                // more severe, or the fleet's alert would speak for them
            "{ name: fleet, metric: success_rate, below: 95, notify: [slack] }");
        _stage.Clock.Advance(AlertingStage.Interval);
        for (var release = 0; release < Releases; release++)
            await _stage.SyncAsync(100, failedShare: 0.5, version: $"2.{release}.0", firstDevice: 1000 * release, error: (SyncErrorKind.Server, "http_503"));
        await _stage.EvaluateAsync();

        var messages = await _stage.MessagesAsync();
        Assert.Equal(Releases + 1, messages.Count);
        Assert.Equal(ContextReader.MaxPerRound, messages.Count(message => message.ErrorCodes == "http_503 100 %"));
        Assert.NotNull(messages.Single(message => message.Rule == "fleet").ErrorCodes);
        Assert.All(messages, message => Assert.NotNull(message.Bound));
    }
}
