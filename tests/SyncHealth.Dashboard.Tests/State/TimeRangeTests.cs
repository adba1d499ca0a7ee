using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard.Tests.State;

public sealed class TimeRangeTests
{
    [Fact]
    public void FirstPoint_EveryRange_IsAWholePointInsideTheRange() => Assert.All(TimeRange.All, range =>
    {
        var now = new DateTimeOffset(2026, 3, 4, 15, 7, 23, TimeSpan.Zero);

        var first = range.FirstPoint(now);

        Assert.Equal(0, first.UtcTicks % range.Step.Ticks);
        Assert.InRange(first, now - range.Length, now - range.Length + range.Step);
    });

    [Fact]
    public void Before_ReadsAfterTheWordVersus() => Assert.Equal("previous 6 hours", TimeRange.SixHours.Before);
}
