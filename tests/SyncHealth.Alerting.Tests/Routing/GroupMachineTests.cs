using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Tests.Routing;

/// <summary>N4: alerts of one group are one incident. Waits for company, speaks at most once an interval, repeats, and always tells the end.</summary>
public sealed class GroupMachineTests
{
    private static readonly GroupTiming Timing = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromHours(4));
    private GroupState _state = new();
    private DateTimeOffset _now = Some.Noon;

    [Fact]
    public void Next_AlertsOneAfterTheOther_AreToldAtOnceAfterTheWait()
    {
        Assert.Null(Step("a").Kind);
        Assert.Null(After(29, "a", "b").Kind);
        var told = After(1, "a", "b");

        Assert.Equal((NoticeKind.Trigger, 2), (told.Kind!.Value, told.Members.Count));
        Assert.Equal(["slack"], told.State.Told);
    }

    [Fact]
    public void Next_OverBeforeTheWait_TellsNobodyAndWaitsAnew()
    {
        Step("a");
        Assert.Null(After(20).Kind);
        Assert.Null(After(20, "b").Kind);
        Assert.Equal(NoticeKind.Trigger, After(30, "b").Kind);
    }

    [Fact]
    public void Next_ANewAlert_IsToldWithTheNextInterval()
    {
        Open("a");
        Assert.Null(After(299, "a", "b").Kind);
        Assert.Equal(NoticeKind.Update, After(1, "a", "b").Kind);
        Assert.Null(After(300, "a", "b").Kind);
    }

    [Fact]
    public void Next_OneIsOver_IsCounted()
    {
        Open("a", "b", "c");
        var told = After(300, "a");
        Assert.Equal((NoticeKind.Update, 1, 2), (told.Kind!.Value, told.Members.Count, told.Ended));
    }

    [Fact]
    public void Next_OneBecameMoreSevere_IsNews()
    {
        Open("a");
        Assert.Equal(NoticeKind.Update, After(300, [Member("a") with { Severity = AlertSeverity.Critical }]).Kind);
        Assert.Null(After(300, [Member("a")]).Kind);
    }

    [Fact]
    public void Next_ComesAndGoesWithinTheInterval_IsNoNews()
    {
        Open("a");
        After(100, "a", "b");
        Assert.Null(After(200, "a").Kind);
    }

    [Fact]
    public void Next_Unchanged_IsToldAgainAfterTheRepeatInterval()
    {
        Open("a");
        Assert.Null(After((4 * 3600) - 1, "a").Kind);
        Assert.Equal(NoticeKind.Update, After(1, "a").Kind);
    }

    [Fact]
    public void Next_AllOver_EndsWithTheIntervalForThoseWhoWereTold()
    {
        Open("a", "b");
        Assert.Null(After(299).Kind);
        var ended = GroupMachine.Next(_state, [], ["others"], Timing, isHeld: true, _now.AddSeconds(1));
        Assert.Equal((NoticeKind.Resolve, 2), (ended.Kind!.Value, ended.Ended));
        Assert.Equal(["slack"], _state.Told);
        Assert.False(ended.State.IsOpen);
    }

    [Fact]
    public void Next_MuteTime_HoldsTheBeginningAndNewsButNotTheEnd()
    {
        Assert.Null(GroupMachine.Next(GroupMachine.Next(_state, [Member("a")], ["slack"], Timing, true, _now).State, [Member("a")], ["slack"], Timing, true, _now.AddHours(8)).Kind);
        Open("a");
        Assert.Null(GroupMachine.Next(_state, [Member("a"), Member("b")], ["slack"], Timing, true, _now.AddHours(1)).Kind);
        Assert.Equal(NoticeKind.Resolve, GroupMachine.Next(_state, [], ["slack"], Timing, true, _now.AddHours(1)).Kind);
    }

    [Fact]
    public void Next_MutedAlert_NeitherOpensNorIsNews_ButStaysWhereItWasTold()
    {
        var silenced = Member("s") with { IsMuted = true };
        Assert.Null(GroupMachine.Next(GroupMachine.Next(_state, [silenced], ["slack"], Timing, false, _now).State, [silenced], ["slack"], Timing, false, _now.AddHours(1)).Kind);

        Open("a");
        Assert.Null(After(600, [Member("a"), silenced]).Kind);
        Assert.Null(After(600, [Member("a") with { IsMuted = true }]).Kind);
        Assert.Equal(NoticeKind.Resolve, After(600).Kind);
    }

    [Fact]
    public void Next_NoReceiverCanBeTold_NothingOpens()
    {
        var state = GroupMachine.Next(_state, [Member("a")], [], Timing, false, _now).State;
        Assert.Null(GroupMachine.Next(state, [Member("a")], [], Timing, false, _now.AddHours(1)).Kind);
    }

    [Fact]
    public void Next_SomebodyIsOnAllOfThem_IsToldOnceAndAgainForANewAlert()
    {
        var mine = Member("a") with { AcknowledgedBy = "ann" };
        Open("a");
        Assert.Equal((NoticeKind.Acknowledge, "ann"), (After(1, [mine]) is var told ? (told.Kind!.Value, told.State.AcknowledgedBy) : default));
        Assert.Null(After(1, [mine]).Kind);

        Assert.Equal(NoticeKind.Update, After(300, [mine, Member("b")]).Kind);
        Assert.Null(After(1, [mine, Member("b")]).Kind);
        Assert.Equal(NoticeKind.Acknowledge, After(1, [mine, Member("b") with { AcknowledgedBy = "bob" }]).Kind);
    }

    /// <summary>Reliability D7: an alert that comes and goes each minute for six hours.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Next_FlapsEachMinuteForSixHours_OneMessageAnIntervalAtMostAndTheEndIsTold(int phase)
    {
        var goal = new Goal("D7");
        var told = new List<(DateTimeOffset At, NoticeKind Kind)>();
        for (var minute = 0; minute <= 370; minute++)
        {
            var isOpen = minute < 360 && (minute / phase) % 2 == 0;
            _now = _now.AddMinutes(1);
            var step = GroupMachine.Next(_state, isOpen ? [Member("a")] : [], ["slack"], Timing with { Wait = TimeSpan.Zero }, isHeld: false, _now);
            _state = step.State;
            if (step.Kind is { } kind)
                told.Add((_now, kind));
        }

        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= Timing.Interval));
        Assert.Equal(NoticeKind.Resolve, told[^1].Kind);
        Assert.False(_state.IsOpen);
        goal.Reached($"six hours of coming and going every {phase} min: {told.Count} messages, one an interval at most, the last says that it is over");
    }

    /// <summary>Whatever comes and goes: begin and end alternate, nothing comes closer than the interval, what is quiet in the end was told to be, and what stays was told.</summary>
    [Fact]
    public void Next_AnyCourse_IsToldInOrderAndToItsEnd() => Prop.ForAll(Gen.Choose(0, 7).Two().ListOf().ToArbitrary(), course =>
    {
        (_state, _now) = (new GroupState(), Some.Noon);
        var told = new List<(DateTimeOffset At, NoticeKind Kind)>();
        foreach (var (members, held) in course.Append((0, 0)).Append((0, 0)))
        {
            GroupMember[] open = [.. "abc".Where((_, index) => (members >> index) % 2 == 1).Select(name => Member($"{name}"))];
            _now = _now.AddMinutes(2 + (members % 3 == 0 && held == 0 ? 5 : 0));
            var step = GroupMachine.Next(_state, open, ["slack"], Timing, held == 1, _now);
            _state = step.State;
            if (step.Kind is { } kind)
                told.Add((_now, kind));
            if (step.Kind is NoticeKind.Trigger or NoticeKind.Update && !_state.Shown.Keys.Order().SequenceEqual(open.Select(member => member.Key).Order()))
                return false;
        }

        var edges = told.Select(message => message.Kind).Where(kind => kind != NoticeKind.Update).ToArray();
        return !_state.IsOpen && edges.Index().All(edge => edge.Item == (edge.Index % 2 == 0 ? NoticeKind.Trigger : NoticeKind.Resolve)) && edges.Length % 2 == 0
            && told.Zip(told.Skip(1)).All(pair => pair.Second.At - pair.First.At >= Timing.Interval);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));

    private static GroupMember Member(string name) => new(name, "notes", "rate", AlertSeverity.Warning, name, Some.Noon, IsMuted: false);

    private void Open(params string[] names)
    {
        Step(names);
        Assert.Equal(NoticeKind.Trigger, After(30, names).Kind);
    }

    private GroupStep Step(params string[] names) => After(0, names);

    private GroupStep After(int seconds, params string[] names) => After(seconds, [.. names.Select(Member)]);

    private GroupStep After(int seconds, GroupMember[] members)
    {
        _now = _now.AddSeconds(seconds);
        var step = GroupMachine.Next(_state, members, ["slack"], Timing, isHeld: false, _now);
        _state = step.State;
        return step;
    }
}
