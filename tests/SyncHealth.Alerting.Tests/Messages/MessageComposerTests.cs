using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Messages;

public sealed class MessageComposerTests
{
    private static readonly MessageComposer Composer = new(new MessageLinks(new Uri("https://sync.example.com/"), ["sync-success-rate"]));

    [Fact]
    public void Compose_Opening_SaysEverythingInTheFirst120Characters()
    {
        var message = Opening(Some.Rule(), Some.Rate(912, 1000));

        Assert.Equal("FIRING notes: sync success rate 91.2 % (limit 95 %), 212 devices", Headline.Of(message));
        Assert.InRange(Headline.Of(message).Length, 1, Headline.VisibleLength);
    }

    [Fact]
    public void Compose_Opening_CarriesBoundCountsWindowAndLinks()
    {
        var message = Opening(Some.Rule(), Some.Rate(912, 1000));

        Assert.Equal("at most 92.6 % with 95 % confidence", message.Bound);
        Assert.Equal((1000, 212, 95d, "percent"), (message.Attempts, message.Devices, message.Limit, message.Unit));
        Assert.Equal("https://sync.example.com/?app=notes&range=1h&from=2026-11-22T11%3A45%3A00Z&to=2026-11-22T12%3A00%3A00Z", message.DashboardUrl);
        Assert.Equal("https://sync.example.com/runbooks/sync-success-rate", message.RunbookUrl);
    }

    [Theory]
    [InlineData(RuleMetric.DurationP99, "FIRING notes: sync duration p99 72.5 s (limit 60 s), 212 devices")]
    [InlineData(RuleMetric.QueueDepthShare, "FIRING notes: devices with over 1000 queued items 4.0 % (limit 1 %), 1,250 devices")]
    public void Compose_OtherMetrics_SpeakTheirUnits(RuleMetric metric, string headline)
    {
        var message = metric == RuleMetric.DurationP99
            ? Opening(Some.SlowRule(), Some.Rate(982, 1000) with { Value = 72_480 })
            : Opening(Some.QueueRule(), Some.Queues(50, 1250));

        Assert.Equal(headline, Headline.Of(message));
        Assert.NotNull(message.Bound);
    }

    [Fact]
    public void Compose_Closing_TellsDurationAndWorst()
    {
        var state = AlertState.New(Some.Noon) with { FiredAt = Some.Noon, Worst = 71.5 };
        var closing = new AlertTransition(3, 1, AlertStatus.Firing, AlertStatus.Resolved, Some.Noon.AddMinutes(32), TransitionReason.Recovered, Some.Finding(Verdict.Good, 97.1));
        var message = Composer.Compose(Some.Rule(), "notes", state, closing);

        Assert.Equal(NoticeKind.Resolve, message.Kind);
        Assert.Equal("RESOLVED notes: sync success rate 97.1 % (limit 95 %) after 32 min", Headline.Of(message));
        Assert.Contains(("Worst value", "71.5 %"), MessageFacts.Of(message));
    }

    [Fact]
    public void Compose_RuleRemoved_SaysSoWithoutAValue()
    {
        var step = AlertMachine.Remove(AlertState.New(Some.Noon) with { Status = AlertStatus.Firing, FiredAt = Some.Noon }, Some.Noon.AddMinutes(1));
        var message = Composer.Compose(Some.Rule(), "notes", step.State, step.Transition!);

        Assert.Equal("RESOLVED notes: sync success rate (limit 95 %) after 1 min", Headline.Of(message));
        Assert.Contains(MessageFacts.Of(message), fact => fact.Label == "How it ended");
    }

    [Fact]
    public void Compose_BothEndsOfAnIncident_ShareItsKey()
    {
        var state = AlertState.New(Some.Noon) with { FiredAt = Some.Noon };
        var opening = Composer.Compose(Some.Rule(), "notes", state, Moved(AlertStatus.Pending, AlertStatus.Firing));
        var closing = Composer.Compose(Some.Rule(), "notes", state, Moved(AlertStatus.Firing, AlertStatus.Resolved));

        Assert.Equal(opening.IncidentKey, closing.IncidentKey);
        Assert.NotEqual(opening.IncidentKey, Composer.Compose(Some.Rule(), "mail", state, Moved(AlertStatus.Pending, AlertStatus.Firing)).IncidentKey);
        Assert.NotEqual(opening.IncidentKey, Composer.Compose(Some.Rule(), "notes", state with { FiredAt = Some.Noon.AddSeconds(1) }, Moved(AlertStatus.Pending, AlertStatus.Firing)).IncidentKey);
    }

    [Fact]
    public void Of_HostileAppName_KeepsTheValueInSight()
    {
        var message = Opening(Some.Rule(), Some.Rate(912, 1000)) with { App = new string('x', 1000) + "\n<!channel>" };

        Assert.InRange(Headline.Of(message).IndexOf("91.2 %", StringComparison.Ordinal), 1, Headline.VisibleLength - 6);
        Assert.DoesNotContain('\n', Headline.Of(message));
    }

    private static AlertMessage Opening(AlertRule rule, Measurement measurement) => Composer.Compose(
        rule, "notes", AlertState.New(Some.Noon) with { FiredAt = Some.Noon },
        new AlertTransition(2, 1, AlertStatus.Pending, AlertStatus.Firing, Some.Noon, TransitionReason.Breach, new Finding(Verdict.Breach, measurement)));

    private static AlertTransition Moved(AlertStatus from, AlertStatus to) =>
        new(2, 1, from, to, Some.Noon, TransitionReason.Breach, Some.Finding(Verdict.Breach));
}
