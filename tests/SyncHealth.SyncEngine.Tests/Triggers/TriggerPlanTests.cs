using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.SyncEngine.Triggers;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Triggers;

public sealed class TriggerPlanTests
{
    private static readonly TriggerOptions Options = new() { PeriodJitter = 0 };
    private readonly TriggerPlan _plan = new(Options, new Random(1), Some.Start);

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

        _plan.Reconnected();
        Assert.Equal(SyncTrigger.Reconnect, _plan.Next().Trigger);
    }

    [Fact]
    public void Deferral_FromTheDeferredCycle_LastsUntilTheNetworkReturnsOrACycleStarts()
    {
        Assert.Null(_plan.Deferral);
        _plan.Deferred(Some.Start);
        Assert.Equal(Deferrals.NoNetwork, _plan.Deferral);
        _plan.Reconnected();
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

    private static CycleResult Result(SyncOutcome outcome, SyncErrorKind kind) => new()
    {
        Type = SyncType.Delta, Trigger = SyncTrigger.Scheduled, Network = SyncNetwork.Wifi, Outcome = outcome, ErrorKind = kind,
    };
}
