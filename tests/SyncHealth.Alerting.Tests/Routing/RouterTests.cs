using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

public sealed class RouterTests
{
    private static readonly AlertState State = AlertState.New(Some.Noon) with { Told = ["jira"] };

    [Fact]
    public void Reached_SomeNotConfigured_AreLeftOut() =>
        Assert.Equal(["slack"], Router.Reached(Some.Rule() with { Notify = ["pagerduty", "slack"] }, ["slack", "jira"]));

    [Fact]
    public void Notices_Opening_TellsThoseReached() =>
        Assert.Equal([new Notice("slack", NoticeKind.Trigger)], Router.Notices(Move(AlertStatus.Pending, AlertStatus.Firing), State, ["slack"]));

    [Fact]
    public void Notices_Closing_TellsThoseWhoWereToldAlthoughTheRuleNowNamesOthers() =>
        Assert.Equal([new Notice("jira", NoticeKind.Resolve)], Router.Notices(Move(AlertStatus.Firing, AlertStatus.Resolved), State, ["slack"]));

    [Theory]
    [InlineData(AlertStatus.Inactive, AlertStatus.Pending)]
    [InlineData(AlertStatus.Pending, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Firing, AlertStatus.Recovering)]
    [InlineData(AlertStatus.Recovering, AlertStatus.Firing)]
    public void Notices_AnythingElse_TellsNobody(AlertStatus from, AlertStatus to) => Assert.Empty(Router.Notices(Move(from, to), State, ["slack"]));

    private static AlertTransition Move(AlertStatus from, AlertStatus to) =>
        new(1, 1, from, to, Some.Noon, TransitionReason.Breach, Some.Finding(Verdict.Breach));
}
