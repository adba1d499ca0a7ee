using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Alerting.States;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

/// <summary>R7: an alert that begins and ends all the time is told a few times, not at each.</summary>
public sealed class FlapGuardTests
{
    private static readonly AlertRule Rule = Some.Rule() with { Window = TimeSpan.FromMinutes(5), For = TimeSpan.Zero };

    private readonly List<(int Minute, NoticeKind Kind, int Episode)> _told = [];
    private AlertState _state = AlertState.New(Some.Noon);
    private MuteReason? _mute;

    [Fact]
    public void TwentyTogglesInAnHour_AreThreeNotices()
    {
        for (var minute = 0; minute < 60; minute += 3)
            Evaluate(minute, minute % 2 == 0 ? Verdict.Breach : Verdict.Good);

        Assert.Equal([(0, NoticeKind.Trigger, 1), (3, NoticeKind.Resolve, 1), (6, NoticeKind.Trigger, 2)], _told);
        Assert.Equal(MuteReason.Flapping, _mute);
    }

    [Fact]
    public void QuietAndGood_TheIncidentThatReceiversHoldEnds_AfterTwoWindows()
    {
        Flap();
        Evaluate(18, Verdict.Good);
        Assert.Equal(3, _told.Count);
        Evaluate(19, Verdict.Good);
        Assert.Equal((19, NoticeKind.Resolve, 2), _told[^1]);

        Evaluate(20, Verdict.Good);
        Assert.Equal(4, _told.Count);
        Assert.Null(_mute);
    }

    [Fact]
    public void QuietAndInBreach_TheIncidentGoesOn_AndItsEndIsTold()
    {
        Flap();
        Evaluate(12, Verdict.Breach);
        Evaluate(40, Verdict.Breach);
        Assert.Equal(3, _told.Count);

        Evaluate(200, Verdict.Good);
        Evaluate(211, Verdict.Good);
        Assert.Equal([(211, NoticeKind.Resolve, 2)], _told[3..]);
    }

    [Fact]
    public void AfterAFlap_TheNextIncidentIsToldAgain()
    {
        Flap();
        Evaluate(30, Verdict.Good);
        Evaluate(120, Verdict.Breach);
        Assert.Equal([(30, NoticeKind.Resolve, 2), (120, NoticeKind.Trigger, 3)], _told[3..]);
    }

    [Theory]
    [InlineData(Verdict.Breach)]
    [InlineData(Verdict.Good)]
    public void RuleGoneWhileItFlaps_TheEndIsToldAtOnceAndOnce(Verdict last)
    {
        Flap();
        Evaluate(10, last);
        var routed = Remove();

        Assert.Equal([new Notice("slack", NoticeKind.Resolve)], routed.Notices);
        Assert.Equal((2, TransitionReason.RuleDeleted), (routed.Incident.Episode, routed.Subject!.Reason));
        _state = routed.State;
        Assert.Empty(Remove().Notices);
    }

    [Fact]
    public void ThreeChangesAnHour_AreEachTold()
    {
        foreach (var (minute, verdict) in new[] { (0, Verdict.Breach), (20, Verdict.Good), (40, Verdict.Breach), (61, Verdict.Good) })
            Evaluate(minute, verdict);
        Assert.Equal(4, _told.Count);
    }

    private Routed Remove() => Router.Route(Rule, AlertMachine.Remove(_state, Some.Noon.AddMinutes(11)), ["slack"], null, null, Some.Noon.AddMinutes(11));

    /// <summary>Two incidents, the end of the second being the fourth change: receivers hold the second open.</summary>
    private void Flap()
    {
        foreach (var (minute, verdict) in new[] { (0, Verdict.Breach), (3, Verdict.Good), (6, Verdict.Breach), (9, Verdict.Good) })
            Evaluate(minute, verdict);
        Assert.Equal(3, _told.Count);
    }

    private void Evaluate(int minute, Verdict verdict)
    {
        var now = Some.Noon.AddMinutes(minute);
        var finding = Some.Finding(verdict);
        var routed = Router.Route(Rule, AlertMachine.Next(Rule, _state, finding, now), ["slack"], null, finding, now);
        (_state, _mute) = (routed.State, routed.Mute);
        _told.AddRange(routed.Notices.Select(notice => (minute, notice.Kind, routed.Incident.Episode)));
    }
}
