using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class DropTests
{
    [Fact]
    public void Find_WorseSinceWithinTheRange_HoldsItAgainstTheHourBefore() =>
        Assert.Equal(new Drop(Some.Now.AddHours(-2), Some.Now.AddMinutes(-50), Some.Now), Find(Some.Minutes(minute => minute >= 10 ? 30 : 1)));

    [Fact]
    public void Find_WorseForAWhileOfALongRange_HoldsItAgainstTheRangeBeforeIt()
    {
        var points = Enumerable.Range(0, 72).Select(step => Some.Point(100, step is >= 36 and < 48 ? 30 : 1, Some.Now.AddMinutes(5 * (step - 72)))).ToArray();

        Assert.Equal(
            new Drop(Some.Now.AddHours(-6), Some.Now.AddHours(-3), Some.Now.AddHours(-2)),
            Drop.Find(TimeRange.SixHours, Some.Now, points, Some.Point(), Some.Point()));
    }

    [Fact]
    public void Find_EvenThroughoutButWorseThanBefore_HoldsItAgainstThePeriodBefore() =>
        Assert.Equal(new Drop(Some.Now.AddHours(-2), Some.Now.AddHours(-1), Some.Now), Find(Some.Minutes(_ => 5), Some.Point(6000, 300), Some.Point(6000, 60)));

    [Fact]
    public void Find_EvenAndNoWorseThanBefore_IsNull() => Assert.Null(Find(Some.Minutes(_ => 5), Some.Point(6000, 300), Some.Point(6000, 303)));

    [Fact]
    public void Find_NothingBefore_IsNull() => Assert.Null(Find(Some.Minutes(_ => 5), Some.Point(6000, 300), Some.Point(0, 0)));

    private static Drop? Find(IReadOnlyList<VitalsPoint> points, VitalsPoint? total = null, VitalsPoint? previous = null) =>
        Drop.Find(TimeRange.Hour, Some.Now, points, total ?? Some.Point(), previous ?? Some.Point());
}
