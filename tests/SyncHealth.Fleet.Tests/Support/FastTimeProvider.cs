namespace SyncHealth.Fleet.Tests.Support;

/// <summary>A clock many times faster than the machine's, timers included.</summary>
public sealed class FastTimeProvider(DateTimeOffset start, double speed) : TimeProvider
{
    private readonly long _origin = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, ToReal(dueTime), ToReal(period));

    private TimeSpan Elapsed => System.GetElapsedTime(_origin) * speed;

    /// <summary>Rounded up to a millisecond: a timer that fires early would be a wait cut short.</summary>
    private TimeSpan ToReal(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / speed));
}
