using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Verdicts;

public sealed class CountedDaysTests
{
    private static readonly DateTime Now = new(2026, 3, 4, 6, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_NothingLearned_CountsEveryDayAsComplete()
    {
        var days = CountedDays.Of(Now.AddDays(-2), Now, null);

        Assert.Equal([Now.Date.AddDays(-2), Now.Date.AddDays(-1), Now.Date], days.Days);
        Assert.Equal((0, 1.0, Now), (days.Waiting, days.ArrivedShare, days.Watermark(Now)));
    }

    [Fact]
    public void Of_HalfArrivesADayLate_TheOpenDayWaits()
    {
        // Half within a minute, half between six and twenty-four hours.
        var days = CountedDays.Of(Now.AddDays(-9), Now, Learned((0, 50), (4, 50)));

        Assert.Equal(Now.Date.AddDays(-9), days.Days[0]);
        Assert.DoesNotContain(Now.Date, days.Days);
        Assert.True(days.Waiting >= 1);
        Assert.InRange(days.ArrivedShare, 0.9, 0.99);
        Assert.True(days.Watermark(Now) <= Now.Date);
    }

    [Fact]
    public void Of_NoDayIsComplete_AllCountForWhatIsProvenAlready()
    {
        var days = CountedDays.Of(Now, Now, Learned((0, 50), (4, 50)));

        Assert.Equal([Now.Date], days.Days);
        Assert.InRange(days.ArrivedShare, 0.45, 0.55);
        Assert.Equal(Now, days.Watermark(Now));
    }

    private static LagCurves? Learned(params (short Class, long Attempts)[] lags) =>
        LagCurves.Of([.. from lag in lags from hour in Enumerable.Range(0, 168) select new LearnedLag((short)hour, lag.Class, lag.Attempts)]);
}
