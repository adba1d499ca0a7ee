using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.States;
using SyncHealth.Alerting.Worker.Backtests;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>Rules with segments, clocks and holes on a real database.</summary>
public sealed class SegmentTests : IAsyncLifetime
{
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await AlertingStage.CreateAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Grouped_OneSegmentBreaches_ItAloneIsTold_WithItsReleaseInTheHeadline()
    {
        await UseRulesAsync("{ name: by-network, metric: success_rate, below: 95, for: 4m, by: [app_version, network], newGroupGrace: 0s, notify: [pagerduty] }");

        await _stage.PassAsync(TimeSpan.FromMinutes(20), async () =>
        {
            await _stage.SyncAsync(100, failedShare: 0.5);
            await _stage.SyncAsync(100, network: "wifi");
        });
        await _stage.DeliverAsync();

        Assert.Equal("FIRING notes 2.4.1 cellular: success 50.0 % (limit 95 %), 100 devices", Assert.Single(_stage.Received.PagerDuty.Incidents).Summary);
        Assert.Equal("cellular", Assert.Single(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None)).Segment["network"]);
    }

    /// <summary>Failures of offline devices arrive two hours late: nobody pages, the channel hears of it, and the alert says what it is.</summary>
    [Fact]
    public async Task EventClock_LateFailures_AreAnAlertOfTheirOwn()
    {
        var goal = new Goal("D9");
        await UseRulesAsync("{ name: events, metric: success_rate, below: 95, window: 30m, clock: event, notify: [pagerduty, slack] }");
        await _stage.PassAsync(TimeSpan.FromHours(4), () => _stage.SyncAsync(20), TimeSpan.FromMinutes(15));

        await _stage.PassAsync(TimeSpan.FromMinutes(2), () => _stage.SyncAsync(200, failedShare: 1, late: TimeSpan.FromHours(3)));
        _stage.Clock.Advance(TimeSpan.FromMinutes(1));                                             // past groupWait
        await _stage.DeliverAsync();

        var late = Assert.Single(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None));
        Assert.Equal(("late", "firing"), (late.Class, late.State));
        Assert.Empty(_stage.Received.PagerDuty.Incidents);
        Assert.Contains("detected late by 2 h", Assert.Single(_stage.Received.Slack.Messages).Text, StringComparison.Ordinal);

        await _stage.PassAsync(TimeSpan.FromMinutes(4), () => _stage.SyncAsync(20));
        await _stage.DeliverAsync();
        Assert.Single(_stage.Received.Slack.Messages);
        goal.Reached("failures that came three hours late are an alert of their window, told once, and page nobody");
    }

    [Fact]
    public async Task NoDataAlert_OpensBesideWhatIsOpen_AndEndsWithData()
    {
        await UseRulesAsync("{ name: silent, metric: success_rate, below: 95, window: 10m, noData: alert, notify: [slack] }");
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(100, failedShare: 0.5));

        await _stage.PassAsync(TimeSpan.FromMinutes(40));
        var silent = await _stage.Reader.ListActiveAsync("notes", CancellationToken.None);
        Assert.Equal(["no_data firing", "threshold firing"], silent.Select(alert => $"{alert.Class} {alert.State}").Order());

        await _stage.PassAsync(TimeSpan.FromMinutes(4), () => _stage.SyncAsync(100));
        Assert.DoesNotContain(await _stage.Reader.ListActiveAsync("notes", CancellationToken.None), alert => alert.Class == "no_data");
    }

    /// <summary>R3: what is stored beside each transition leads to the same transitions.</summary>
    [Fact]
    public async Task History_Replayed_IsTheHistory()
    {
        await _stage.BreachAsync();
        await _stage.RecoverAsync();

        var stored = (await _stage.Reader.ListHistoryAsync("notes", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 100, CancellationToken.None))
            .Where(transition => transition.Rule == "sync-success-rate").Reverse().ToArray();
        var transitions = stored.Select((one, index) => new AlertTransition(
            index + 1, 0, Wording.Read<AlertStatus>(one.From), Wording.Read<AlertStatus>(one.To), one.At, TransitionReason.Breach, AlertJson.Read<Finding>(one.InputsJson)));
        var rule = AlertingSetup.Load(new AlertingOptions()).Rules[0];

        var again = Replay.Of(rule, AlertClass.Threshold, AlertState.New(stored[0].At), transitions).ToArray();
        Assert.Equal(stored.Select(one => (one.From, one.To, one.At, one.Reason)), again.Select(one => (Wording.Of(one.From), Wording.Of(one.To), one.At, Wording.Of(one.Reason))));
        Assert.Equal(3, again.Length);
    }

    /// <summary>N12: syncs succeed, five items wait on every device and nothing moves: told after the third, over when the queue is empty; and a backtest finds the same incident.</summary>
    [Fact]
    public async Task Detector_StuckDevices_AreToldAndBacktestedToTheSecond()
    {
        await UseRulesAsync("{ name: stuck, metric: stuck_share, above: 10, window: 1h, notify: [slack] }");
        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(50, queue: 5));
        await _stage.DeliverAsync();
        var told = Assert.Single(_stage.Received.Slack.Messages).Text;

        await _stage.PassAsync(TimeSpan.FromMinutes(10), () => _stage.SyncAsync(50));
        _stage.Clock.Advance(TimeSpan.FromMinutes(2));
        var history = (await _stage.Reader.ListHistoryAsync("notes", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 100, CancellationToken.None)).Where(one => one.To is "firing" or "resolved").ToArray();
        var report = await ActivatorUtilities.CreateInstance<Backtest>(_stage.Worker).RunAsync(
            _stage.Worker.GetRequiredService<AlertingSetup>().Rules, TimeSpan.FromMinutes(30), AlertingStage.Interval, _stage.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Contains("devices that are stuck 100.0 % (limit 10 %), 50 devices", told, StringComparison.Ordinal);
        var incident = Assert.Single(report.Incidents);
        Assert.Equal([(incident.ResolvedAt, "resolved"), (incident.FiredAt, "firing")], history.Select(one => ((DateTimeOffset?)one.At, one.To)));
        Assert.Null(Assert.Single(report.Rules).Refused);
    }

    /// <summary>N4: nobody of notes is heard of for hours. While mail arrives, notes is silent; while nothing arrives from any app, it is we who are deaf, and no fleet is called silent.</summary>
    [Theory]
    [InlineData(true, "silent firing")]
    [InlineData(false, "")]
    public async Task SilentFleet_NobodyIsHeard_KnowsOurOwnOutage(bool othersArrive, string expected)
    {
        await UseRulesAsync("{ name: silent, metric: silent_fleet, app: notes, notify: [slack] }");
        var quarter = TimeSpan.FromMinutes(15);
        for (var week = 0; week < 4; week++)
        {
            for (var step = 0; step < 16; step++, _stage.Clock.Advance(quarter))
            {
                await _stage.SyncAsync(100);
                await _stage.SyncAsync(40, app: "mail");
            }

            _stage.Clock.Advance(TimeSpan.FromDays(7) - (16 * quarter));
        }

        await _stage.PassAsync(TimeSpan.FromHours(1), BothAsync, quarter);
        await _stage.PassAsync(TimeSpan.FromHours(3), () => othersArrive ? _stage.SyncAsync(40, app: "mail") : Task.CompletedTask, quarter);

        Assert.Equal(expected, string.Join(',', await _stage.StatesAsync()));

        async Task BothAsync()
        {
            await _stage.SyncAsync(100);
            await _stage.SyncAsync(40, app: "mail");
        }
    }

    private Task UseRulesAsync(string rule) => _stage.UseRulesAsync(rule);
}
