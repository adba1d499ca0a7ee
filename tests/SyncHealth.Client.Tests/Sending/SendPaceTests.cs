using SyncHealth.Client.Sending;

namespace SyncHealth.Client.Tests.Sending;

public sealed class SendPaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private readonly SendPace _pace = new(new RetrySchedule(new Random(1)), new ReplayPace(100, TimeSpan.FromSeconds(1)), 100, Interval, TimeSpan.FromMinutes(15));

    [Fact]
    public void UntilNext_NothingQueued_IsNever() => Assert.Null(_pace.UntilNext(Start, 0));

    [Fact]
    public void UntilNext_FullBatch_IsNow() => Assert.Equal(TimeSpan.Zero, _pace.UntilNext(Start, 100));

    [Fact]
    public void UntilNext_PartBatch_WaitsForTheIntervalOnce()
    {
        Assert.Equal(Interval, _pace.UntilNext(Start, 1));
        Assert.Equal(TimeSpan.FromSeconds(5), _pace.UntilNext(Start + TimeSpan.FromSeconds(10), 7));
        Assert.Equal(TimeSpan.Zero, _pace.UntilNext(Start + Interval, 7));
    }

    [Fact]
    public void UntilNext_AfterFailure_WaitsForTheBackoffEvenWithAFullBatch()
    {
        for (var i = 0; i < 5; i++)
            _pace.Failed(Start, null);

        Assert.InRange(_pace.UntilNext(Start, 1000)!.Value, TimeSpan.FromTicks(1), RetrySchedule.Ceiling(4));
        Assert.False(_pace.IsHeld(Start));
    }

    [Fact]
    public void UntilNext_ServerAskedForPatience_IsNeverEarlierThanTold()
    {
        for (var i = 0; i < 200; i++)
        {
            _pace.Failed(Start, TimeSpan.FromSeconds(40));
            Assert.True(_pace.UntilNext(Start, 1) >= TimeSpan.FromSeconds(40));
            Assert.True(_pace.IsHeld(Start + TimeSpan.FromSeconds(39)));
        }
    }

    [Fact]
    public void UntilNext_ServerAskedForTenYears_WaitsAnHour()
    {
        _pace.Failed(Start, TimeSpan.FromDays(3650));

        Assert.InRange(_pace.UntilNext(Start, 1)!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(1) + RetrySchedule.Cap);
    }

    [Fact]
    public void UntilNext_Refused_AsksAgainAfterAnHour()
    {
        _pace.Refuse(Start);

        Assert.True(_pace.Refused);
        Assert.InRange(_pace.UntilNext(Start, 1000)!.Value, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(66));
    }

    [Fact]
    public void Delivered_AfterFailures_ClearsEveryWait()
    {
        _pace.Failed(Start, TimeSpan.FromHours(1));
        _pace.Refuse(Start);
        _pace.Delivered(Start, newest: false, lastSeq: 1);

        Assert.False(_pace.Failing || _pace.Refused || _pace.IsHeld(Start));
        Assert.Equal(TimeSpan.Zero, _pace.UntilNext(Start, 100));
    }
}
