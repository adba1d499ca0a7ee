using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Evaluation;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Releases;

/// <summary>Rules on release verdicts on a real database, from events to receivers.</summary>
public sealed class ReleaseVerdictTests : IAsyncLifetime
{
    private const string ByRelease = "{ name: releases, metric: release_verdict, severity: error, notify: [pagerduty] }";
    private const string BySegment = "{ name: segments, metric: release_verdict, by: [app_version, os, network], notify: [slack] }";

    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>A release that fails on cellular fires once, as a whole and for that segment, in the sentence of the page; it ends when its devices run a hotfix.</summary>
    [Fact]
    public async Task Evaluate_ReleaseThatGotWorse_IsToldUntilItIsReplaced()
    {
        await _stage.UseRulesAsync(ByRelease, BySegment);
        await RollOutAsync();
        await EvaluateAsync();

        var alerts = await _stage.Reader.ListActiveAsync("notes", CancellationToken.None);
        Assert.Equal(["releases 2.5.0 firing", "segments 2.5.0 firing"], alerts.Select(alert => $"{alert.Rule} {alert.Segment["app_version"]} {alert.State}").Order());
        Assert.Equal("cellular", alerts.Single(alert => alert.Rule == "segments").Segment["network"]);
        var incident = Assert.Single(_stage.Received.PagerDuty.Incidents);
        Assert.StartsWith("FIRING notes: 2.5.0 is worse than 2.4.1 on Android over cellular: success rate ", incident.Summary, StringComparison.Ordinal);
        Assert.StartsWith("FIRING notes: 2.5.0 on Android over cellular is worse than 2.4.1: success rate ", Assert.Single(_stage.Received.Slack.Messages).Text, StringComparison.Ordinal);

        await _stage.SyncAsync(200, version: "2.5.1", firstDevice: 5000);
        await _stage.SyncAsync(200, network: "wifi", version: "2.5.1", firstDevice: 6000);
        await EvaluateAsync();

        Assert.DoesNotContain(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None), alert => alert.Segment["app_version"] == "2.5.0");
        Assert.Contains(_stage.Received.Slack.Messages, message => message.Text.Contains("2.5.0 is replaced", StringComparison.Ordinal));
    }

    /// <summary>The evidence is stored with the transition, whatever later data makes of the verdict.</summary>
    [Fact]
    public async Task Evaluate_ReleaseThatGotWorse_KeepsItsVerdictInTheHistory()
    {
        await _stage.UseRulesAsync(ByRelease);
        await RollOutAsync();
        await EvaluateAsync();

        var history = await _stage.Reader.ListHistoryAsync("notes", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 10, CancellationToken.None);
        var finding = AlertJson.Read<Finding>(Assert.Single(history).InputsJson);

        Assert.Equal((Verdict.Breach, "worse", "2.4.1", 400L), (finding.Verdict, finding.Release!.Verdict, finding.Release.Baseline, finding.Measurement.Attempts));
        Assert.Contains(finding.Release.Figures, figure => figure is { Metric: "success_rate", Verdict: "worse", Difference: < -20, Low: < 0, High: < 0 });
    }

    /// <summary>Both releases are as bad: that is the backend, and no release's fault.</summary>
    [Fact]
    public async Task Evaluate_BothReleasesAreAsBad_TellsNobody()
    {
        await _stage.UseRulesAsync(ByRelease, BySegment);
        await _stage.SyncAsync(200, failedShare: 0.5);
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        await _stage.SyncAsync(200, failedShare: 0.5);
        await _stage.SyncAsync(200, failedShare: 0.5, version: "2.5.0", firstDevice: 5000);
        await EvaluateAsync();

        Assert.Empty(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None));
        Assert.Empty(_stage.Received.PagerDuty.Incidents);
    }

    /// <summary>The past is judged by whole days, so the incident begins at the midnight after the bad one.</summary>
    [Fact]
    public async Task Backtest_ReleaseThatGotWorse_FindsItAtTheEndOfItsDay()
    {
        await _stage.UseRulesAsync(ByRelease);
        await RollOutAsync();
        _stage.Clock.Advance(TimeSpan.FromHours(22));

        var report = await _stage.Backtest().RunAsync(
            _stage.Worker.GetRequiredService<AlertingSetup>().Rules, TimeSpan.FromDays(2), TimeSpan.FromHours(1), _stage.Clock.GetUtcNow(), CancellationToken.None);

        var incident = Assert.Single(report.Incidents);
        Assert.Equal(("releases", "2.5.0", new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)), (incident.Rule, incident.Segment["app_version"], incident.FiredAt));
        Assert.Null(incident.ResolvedAt);
        Assert.Null(Assert.Single(report.Rules).Refused);
    }

    /// <summary>2.4.1 on two networks, then 2.5.0 beside it, of which half the syncs on cellular fail.</summary>
    private async Task RollOutAsync()
    {
        await SyncOldAsync();
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        await SyncOldAsync();
        await _stage.SyncAsync(200, failedShare: 0.5, version: "2.5.0", firstDevice: 5000);
        await _stage.SyncAsync(200, network: "wifi", version: "2.5.0", firstDevice: 6000);
    }

    private async Task SyncOldAsync()
    {
        await _stage.SyncAsync(200);
        await _stage.SyncAsync(200, network: "wifi", firstDevice: 2000);
    }

    /// <summary>Long enough that verdicts are asked for again, and notices are due.</summary>
    private async Task EvaluateAsync()
    {
        await _stage.PassAsync(TimeSpan.FromMinutes(12), step: TimeSpan.FromMinutes(6));
        await _stage.DeliverAsync();
    }
}
