using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Worker.Outbox;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

public sealed class RetryScheduleTests
{
    [Fact]
    public void After_AnyAttempt_StaysBelowTheDoublingBoundAndAMinute() =>
        Prop.ForAll(Gen.Choose(1, 10_000).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (attempt, seed) =>
        {
            var wait = new RetrySchedule(new Random(seed)).After(attempt, null);
            return wait >= TimeSpan.Zero && wait <= RetrySchedule.Longest && (attempt > 6 || wait.TotalSeconds <= Math.Pow(2, attempt - 1));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    [Fact]
    public void After_ManyAttempts_SpreadOverTheWholeBound()
    {
        var schedule = new RetrySchedule(new Random(1));
        var waits = Enumerable.Range(0, 1000).Select(_ => schedule.After(20, null).TotalSeconds).ToArray();

        Assert.InRange(waits.Average(), 26, 34);
        Assert.InRange(waits.Min(), 0, 1);
        Assert.InRange(waits.Max(), 59, 60);
    }

    [Fact]
    public void After_Asked_IsNeverShorterThanAsked()
    {
        var schedule = new RetrySchedule(new Random(1));

        for (var attempt = 1; attempt <= 100; attempt++)
            Assert.InRange(schedule.After(attempt, TimeSpan.FromSeconds(7)).TotalSeconds, 7, 9);
    }

    [Fact]
    public void After_AskedForYears_IsNotBelieved() =>
        Assert.InRange(new RetrySchedule(new Random(1)).After(1, TimeSpan.FromDays(3650)).TotalMinutes, 60, 61);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void After_AskedForNothing_BacksOffAllTheSame(int seconds) =>
        Assert.InRange(new RetrySchedule(new Random(1)).After(9, TimeSpan.FromSeconds(seconds)).TotalSeconds, 3, 256);
}
