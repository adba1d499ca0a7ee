using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Backtests;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Backtests;

/// <summary>A backtest over stored data is what the evaluator did, to the second (spec/alerting.md T2).</summary>
public sealed class BacktestTests : IAsyncLifetime
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(120);
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Run_OverWhatTheEvaluatorLivedThrough_FindsItsIncidents()
    {
        await LiveAsync();

        var report = await RunAsync(AlertingStage.Interval, _stage.Clock.GetUtcNow());
        var history = await _stage.Reader.ListHistoryAsync("notes", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 1000, CancellationToken.None);
        var fired = history.Where(transition => transition is { To: "firing", From: not "recovering" } && transition.Rule != "upload-queue-depth").Reverse().Select(transition => (transition.Rule, transition.At));
        var resolved = history.Where(transition => transition.To == "resolved" && transition.Rule != "upload-queue-depth").Reverse().Select(transition => (transition.Rule, (DateTimeOffset?)transition.At));
        var incidents = report.Incidents.Where(incident => incident.Rule != "upload-queue-depth").ToArray();

        Assert.Equal(4, incidents.Length);
        Assert.Equal(fired.Order(), incidents.Select(incident => (incident.Rule, incident.FiredAt)).Order());
        Assert.Equal(resolved.Order(), incidents.Select(incident => (incident.Rule, incident.ResolvedAt)).Order());
    }

    [Fact]
    public async Task Run_RuleThePastCannotAnswer_SaysWhy()
    {
        var rule = new Alerting.Rules.AlertRule
        {
            Name = "silent", Metric = Alerting.Rules.RuleMetric.SilentShare, Limit = 5, Recover = 5, Window = TimeSpan.FromDays(7), MinAttempts = 0, MinDevices = 1,
        };
        var report = await _stage.Backtest().RunAsync([rule], Length, TimeSpan.FromMinutes(5), _stage.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Contains("not in the snapshots", Assert.Single(report.Rules).Refused, StringComparison.Ordinal);
    }

    /// <summary>Two bad spells of both attempt rules; evaluations fall between the events, as they do in life.</summary>
    private async Task LiveAsync()
    {
        for (var step = 0; step < Length / AlertingStage.Interval; step++)
        {
            var isBad = step is >= 8 and < 16 or >= 34 and < 42;
            await _stage.SyncAsync(100, failedShare: isBad ? 0.5 : 0, durationMs: isBad ? 90_000 : 800);
            _stage.Clock.Advance(AlertingStage.Interval);
            await _stage.EvaluateAsync();
        }
    }

    private Task<BacktestReport> RunAsync(TimeSpan every, DateTimeOffset now) =>
        _stage.Backtest().RunAsync(_stage.Worker.GetRequiredService<AlertingSetup>().Rules, Length, every, now, CancellationToken.None);
}
