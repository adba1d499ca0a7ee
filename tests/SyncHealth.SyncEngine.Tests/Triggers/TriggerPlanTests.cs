using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.SyncEngine.Triggers;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Triggers;

public sealed class TriggerPlanTests
{
    private static readonly TriggerOptions Options = new() { PeriodJitter = 0 };
    private readonly DeferralLog _deferrals = new();
    private readonly TriggerPlan _plan;

    public TriggerPlanTests() => _plan = new TriggerPlan(Options, new Random(1), Some.Start, _deferrals);

    [Fact]
    public void Next_NothingHappens_IsTheSchedule() =>
        Assert.Equal((Some.Start + Options.Period, SyncTrigger.Scheduled), _plan.Next());

    [Fact]
    public void Edited_AgainAndAgain_IsPutOffToTheLimitAndNoFurther()
    {
        for (var second = 0; second <= 60; second++)
            _plan.Edited(Some.Start.AddSeconds(second));

        Assert.Equal((Some.Start + Options.WriteDebounceLimit, SyncTrigger.LocalWrite), _plan.Next());
    }

    [Fact]
    public void Opened_RightAfterASuccess_StartsNothing()
    {
        _plan.Opened(Some.Start, Some.Start.AddSeconds(-5));
        Assert.Equal(SyncTrigger.Scheduled, _plan.Next().Trigger);

        _plan.Opened(Some.Start, Some.Start.AddMinutes(-5));
        Assert.Equal(SyncTrigger.AppOpen, _plan.Next().Trigger);
    }

    /// <summary>A success that lies in the future was before the clock was set back: nobody knows how long ago.</summary>
    [Fact]
    public void Opened_TheClockWasSetBackSinceTheLastSuccess_Starts()
    {
        _plan.Opened(Some.Start, Some.Start.AddDays(300));

        Assert.Equal(SyncTrigger.AppOpen, _plan.Next().Trigger);
    }

    [Theory]
    [InlineData(SyncTrigger.Scheduled)]
    [InlineData(SyncTrigger.Retry)]
    [InlineData(SyncTrigger.LocalWrite)]
    [InlineData(SyncTrigger.Reconnect)]
    public void Looked_TheClockWasSetBack_WhatIsDueGoesAlong(SyncTrigger trigger)
    {
        _plan.Finished(Some.Start, trigger == SyncTrigger.Retry ? Result(SyncOutcome.Failure, SyncErrorKind.Server) : Result(SyncOutcome.Success, SyncErrorKind.None));
        if (trigger == SyncTrigger.LocalWrite)
            _plan.Edited(Some.Start);
        else if (trigger == SyncTrigger.Reconnect)
            _plan.Reconnected(Some.Start);
        var (at, due) = _plan.Next();
        Assert.Equal(trigger, due);

        _plan.Looked(Some.Start.AddYears(-10));

        Assert.Equal((at - Some.Start, trigger), (_plan.Next().At - Some.Start.AddYears(-10), _plan.Next().Trigger));
    }

    [Fact]
    public void Looked_TheClockWasSetAhead_WhatIsDueStays()
    {
        var (at, _) = _plan.Next();

        _plan.Looked(Some.Start.AddYears(10));

        Assert.Equal(at, _plan.Next().At);
    }

    [Fact]
    public void Finished_Failure_IsAlwaysFollowedByARetry()
    {
        var at = Some.Start;
        for (var failure = 0; failure < 20; failure++)
        {
            _plan.Started();
            _plan.Finished(at, Result(SyncOutcome.Failure, SyncErrorKind.Server));
            var next = _plan.Next();
            Assert.Equal(SyncTrigger.Retry, next.Trigger);
            Assert.InRange(next.At - at, TimeSpan.Zero, Options.LongestRetryWait);
            at = next.At;
        }
    }

    [Fact]
    public void Finished_Offline_WaitsForTheReconnect()
    {
        _plan.Finished(Some.Start, Result(SyncOutcome.Failure, SyncErrorKind.Offline));
        Assert.Equal(SyncTrigger.Scheduled, _plan.Next().Trigger);

        _plan.Reconnected(Some.Start);
        Assert.Equal(SyncTrigger.Reconnect, _plan.Next().Trigger);
    }

    [Fact]
    public void Deferral_FromTheDeferredCycle_LastsUntilTheNetworkReturnsOrACycleStarts()
    {
        Assert.Null(_plan.Deferral);
        _plan.Deferred(Some.Start, SyncTrigger.LocalWrite, Deferrals.NoNetwork);
        Assert.Equal(Deferrals.NoNetwork, _plan.Deferral);
        _plan.Reconnected(Some.Start);
        Assert.Null(_plan.Deferral);

        _plan.Finished(Some.Start, Result(SyncOutcome.Failure, SyncErrorKind.Offline));
        Assert.Equal(Deferrals.NoNetwork, _plan.Deferral);
        _plan.Started();
        Assert.Null(_plan.Deferral);
    }

    [Fact]
    public void Finished_EditsCameMeanwhile_SyncsAgainSoon()
    {
        _plan.Started();
        _plan.Finished(Some.Start, Result(SyncOutcome.Success, SyncErrorKind.None) with { Waiting = 1 });

        Assert.Equal((Some.Start + Options.WriteDebounce, SyncTrigger.LocalWrite), _plan.Next());
    }

    [Fact]
    public void Foregrounded_SoonAfterASuccess_StartsNothingAndIsCounted()
    {
        _plan.Foregrounded(Some.Start, Some.Start - Options.ForegroundInterval + TimeSpan.FromSeconds(1));
        Assert.Equal(SyncTrigger.Scheduled, _plan.Next().Trigger);
        Assert.Equal(Counted(Deferrals.RecentlySynced), _deferrals.Take());

        _plan.Foregrounded(Some.Start, Some.Start - Options.ForegroundInterval);
        Assert.Equal(SyncTrigger.Foreground, _plan.Next().Trigger);
        Assert.Empty(_deferrals.Take());
    }

    [Theory]
    [InlineData(SyncTrigger.AppOpen, "joined_app_open")]
    [InlineData(SyncTrigger.Foreground, "joined_foreground")]
    public void Shown_WhileACycleRuns_JoinsIt(SyncTrigger trigger, string reason)
    {
        _plan.Started();
        if (trigger == SyncTrigger.AppOpen)
            _plan.Opened(Some.Start, lastSuccessAt: null);
        else
            _plan.Foregrounded(Some.Start, lastSuccessAt: null);
        _plan.Finished(Some.Start, Success);

        Assert.Equal(SyncTrigger.Scheduled, _plan.Next().Trigger);
        Assert.Equal(Counted(reason), _deferrals.Take());
    }

    [Fact]
    public void Reconnected_SoonAfterASuccess_IsPutOffToTheShortestInterval()
    {
        _plan.Started();
        _plan.Finished(Some.Start, Success);
        _plan.Reconnected(Some.Start.AddSeconds(1));
        Assert.Equal((Some.Start + Options.ReconnectInterval, SyncTrigger.Reconnect), _plan.Next());
        Assert.Equal(Counted(Deferrals.MinInterval), _deferrals.Take());

        _plan.Started();
        _plan.Finished(Some.Start.AddMinutes(1), Result(SyncOutcome.Failure, SyncErrorKind.Timeout));
        _plan.Reconnected(Some.Start.AddMinutes(1));
        Assert.Equal((DateTimeOffset.MinValue, SyncTrigger.Reconnect), _plan.Next());
    }

    [Fact]
    public void Reconnected_WhileACycleRuns_JoinsItOrFollowsItsFailure()
    {
        _plan.Started();
        _plan.Reconnected(Some.Start);
        _plan.Finished(Some.Start, Success);
        Assert.Equal(SyncTrigger.Scheduled, _plan.Next().Trigger);
        Assert.Equal(Counted("joined_reconnect"), _deferrals.Take());

        _plan.Started();
        _plan.Reconnected(Some.Start);
        _plan.Finished(Some.Start, Result(SyncOutcome.Failure, SyncErrorKind.Offline));
        Assert.Equal((DateTimeOffset.MinValue, SyncTrigger.Reconnect), _plan.Next());
    }

    [Fact]
    public void EditedUrgently_WaitsForNothing_AlsoWhileACycleRuns()
    {
        _plan.EditedUrgently();
        Assert.Equal((DateTimeOffset.MinValue, SyncTrigger.Priority), _plan.Next());
        Assert.False(_plan.IsConstrained);

        _plan.Started();
        _plan.EditedUrgently();
        _plan.Finished(Some.Start, Success);
        Assert.Equal((DateTimeOffset.MinValue, SyncTrigger.Priority), _plan.Next());
    }

    [Fact]
    public void Deferred_ByAConstraint_MovesTheScheduleAlone()
    {
        var due = _plan.Next().At;
        Assert.True(_plan.IsConstrained);
        _plan.Deferred(due, SyncTrigger.Scheduled, Deferrals.Metered);
        _plan.Edited(due);

        Assert.Equal((due + Options.WriteDebounce, SyncTrigger.LocalWrite), _plan.Next());
        Assert.Equal(Deferrals.Metered, _plan.Deferral);
        Assert.Equal(Counted(Deferrals.Metered), _deferrals.Take());

        _plan.Started();
        _plan.Finished(due, Success);
        Assert.Equal(due + Options.Period, _plan.Next().At);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void ConditionsChanged_AScheduledSyncIsOwed_StartsItWhenNothingHoldsItUp(bool isFree, bool starts)
    {
        var due = _plan.Next().At;
        _plan.Deferred(due, SyncTrigger.Scheduled, Deferrals.NotCharging);
        _plan.ConditionsChanged(due.AddMinutes(1), isScheduleFree: isFree, isBulkFree: !isFree);

        Assert.Equal((starts ? due.AddMinutes(1) : due + Options.Period, SyncTrigger.Scheduled), _plan.Next());
    }

    [Fact]
    public void ConditionsChanged_NothingIsOwed_StartsNothing()
    {
        _plan.ConditionsChanged(Some.Start, isScheduleFree: true, isBulkFree: true);

        Assert.Equal((Some.Start + Options.Period, SyncTrigger.Scheduled), _plan.Next());
    }

    /// <summary>Bulk that may not leave must not keep the engine syncing: it goes when its conditions hold, whatever the schedule waits for.</summary>
    [Fact]
    public void Finished_OnlyBulkIsLeft_WaitsForItsConditions()
    {
        _plan.Started();
        _plan.Finished(Some.Start, Success with { Waiting = 3, HeldBack = 3 });
        Assert.Equal((Some.Start + Options.Period, SyncTrigger.Scheduled), _plan.Next());

        _plan.ConditionsChanged(Some.Start, isScheduleFree: false, isBulkFree: true);
        Assert.Equal((DateTimeOffset.MinValue, SyncTrigger.Scheduled), _plan.Next());
        Assert.False(_plan.IsConstrained);
    }

    [Fact]
    public void Next_TheSystemSchedules_NeverComesDueByItself()
    {
        var plan = new TriggerPlan(new TriggerOptions { Scheduler = new JobBoard() }, new Random(1), Some.Start, _deferrals);
        Assert.Equal(DateTimeOffset.MaxValue, plan.Next().At);

        plan.Started();
        plan.Finished(Some.Start, Success);
        Assert.Equal(DateTimeOffset.MaxValue, plan.Next().At);
    }

    private static CycleResult Success => Result(SyncOutcome.Success, SyncErrorKind.None);

    private static Dictionary<string, int> Counted(string reason) => new() { [reason] = 1 };

    private static CycleResult Result(SyncOutcome outcome, SyncErrorKind kind) => new()
    {
        Type = SyncType.Delta, Trigger = SyncTrigger.Scheduled, Network = SyncNetwork.Wifi, Outcome = outcome, ErrorKind = kind,
    };
}
