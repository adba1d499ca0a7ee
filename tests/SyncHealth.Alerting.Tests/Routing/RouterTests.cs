using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

public sealed class RouterTests
{
    private static readonly AlertState Firing = AlertState.New(Some.Noon) with { Status = AlertStatus.Firing, Told = ["jira"], Sequence = 7, Episode = 3 };

    [Fact]
    public void Reached_SomeNotConfigured_AreLeftOut() =>
        Assert.Equal(["slack"], Router.Reached(Some.Rule() with { Notify = ["pagerduty", "slack"] }, ["slack", "jira"]));

    [Fact]
    public void Route_Opening_TellsThoseReachedAndRemembersThem()
    {
        var routed = Route(Move(AlertStatus.Pending, AlertStatus.Firing), Firing);
        Assert.Equal([new Notice("slack", NoticeKind.Trigger)], routed.Notices);
        Assert.Equal(["slack"], routed.State.Told);
    }

    [Fact]
    public void Route_Closing_TellsThoseWhoWereToldAlthoughTheRuleNowNamesOthersAndASilenceHolds() =>
        Assert.Equal([new Notice("jira", NoticeKind.Resolve)], Route(Move(AlertStatus.Firing, AlertStatus.Resolved), Firing, MuteReason.Silenced).Notices);

    [Theory]
    [InlineData(AlertStatus.Inactive, AlertStatus.Pending)]
    [InlineData(AlertStatus.Pending, AlertStatus.Inactive)]
    [InlineData(AlertStatus.Firing, AlertStatus.Recovering)]
    [InlineData(AlertStatus.Recovering, AlertStatus.Firing)]
    public void Route_AnythingElse_TellsNobody(AlertStatus from, AlertStatus to) => Assert.Empty(Route(Move(from, to), Firing).Notices);

    [Theory]
    [InlineData(MuteReason.Silenced)]
    [InlineData(MuteReason.Inhibited)]
    public void Route_OpeningWhileMuted_IsHeldBackUntilNothingHoldsIt(MuteReason mute)
    {
        var opened = Route(Move(AlertStatus.Pending, AlertStatus.Firing), Firing, mute);
        Assert.Empty(opened.Notices);
        Assert.Empty(opened.State.Told);
        Assert.Empty(Route(null, opened.State, mute).Notices);

        var told = Route(null, opened.State);
        Assert.Equal([new Notice("slack", NoticeKind.Trigger)], told.Notices);
        Assert.Equal((7, 3, TransitionReason.Breach), (told.Subject!.Sequence, told.Subject.Episode, told.Subject.Reason));
        Assert.Empty(Route(null, told.State).Notices);
        Assert.Equal([new Notice("slack", NoticeKind.Resolve)], Route(Move(AlertStatus.Firing, AlertStatus.Resolved), told.State).Notices);
    }

    [Fact]
    public void Route_HeldBackAndOverBeforeTheSilence_WasNeverTold()
    {
        var opened = Route(Move(AlertStatus.Pending, AlertStatus.Firing), Firing, MuteReason.Silenced);
        var closed = Route(Move(AlertStatus.Firing, AlertStatus.Resolved), opened.State with { Status = AlertStatus.Resolved }, MuteReason.Silenced);
        Assert.Empty(closed.Notices);
        Assert.Empty(Route(null, closed.State).Notices);
    }

    [Fact]
    public void Route_HeldBackWhileRecovering_WaitsForWhatComesOfIt() =>
        Assert.Empty(Route(null, Firing with { Status = AlertStatus.Recovering, Told = [], HeldBack = ["slack"] }).Notices);

    [Fact]
    public void Route_OpeningInAMuteTime_WaitsForThatReceiverAndTellsTheOthers()
    {
        var opened = RouteLater(Move(AlertStatus.Pending, AlertStatus.Firing), Firing, ["jira"], ["slack"]);
        Assert.Equal([new Notice("jira", NoticeKind.Trigger)], opened.Notices);
        Assert.Equal("jira slack", $"{string.Join(",", opened.State.Told)} {string.Join(",", opened.State.HeldBack)}{opened.Mute}");
        Assert.Empty(RouteLater(null, opened.State, ["jira"], ["slack"]).Notices);

        var morning = RouteLater(null, opened.State, ["jira", "slack"], []);
        Assert.Equal([new Notice("slack", NoticeKind.Trigger)], morning.Notices);
        Assert.Equal(["jira", "slack"], morning.State.Told);
    }

    [Fact]
    public void Route_OpeningInAMuteTimeOfAll_IsOffHoursAndItsEndIsNeverTold()
    {
        var opened = RouteLater(Move(AlertStatus.Pending, AlertStatus.Firing), Firing, [], ["slack"]);
        Assert.Equal(MuteReason.OffHours, opened.Mute);
        Assert.Empty(RouteLater(Move(AlertStatus.Firing, AlertStatus.Resolved), opened.State with { Status = AlertStatus.Resolved }, ["slack"], []).Notices);
    }

    [Fact]
    public void Route_ToldBeforeTheMuteTime_ItsEndIsToldInIt() =>
        Assert.Equal([new Notice("jira", NoticeKind.Resolve)], RouteLater(Move(AlertStatus.Firing, AlertStatus.Resolved), Firing with { Status = AlertStatus.Resolved }, [], ["jira"]).Notices);

    [Fact]
    public void Route_HeldBackForOneWhoIsOffTheRoutesNow_IsNotWaitedFor() =>
        Assert.Empty(RouteLater(null, Firing with { Told = [], HeldBack = ["gone"] }, ["slack"], []).State.HeldBack);

    private static Routed RouteLater(AlertTransition? transition, AlertState state, string[] reached, string[] later) =>
        Router.Route(Some.Rule(), new Step(state, transition), reached, null, Some.Finding(Verdict.Breach), Some.Noon, later);

    private static Routed Route(AlertTransition? transition, AlertState state, MuteReason? mute = null) =>
        Router.Route(Some.Rule(), new Step(state, transition), ["slack"], mute, Some.Finding(Verdict.Breach), Some.Noon);

    private static AlertTransition Move(AlertStatus from, AlertStatus to) =>
        new(1, 1, from, to, Some.Noon, TransitionReason.Breach, Some.Finding(Verdict.Breach));
}
