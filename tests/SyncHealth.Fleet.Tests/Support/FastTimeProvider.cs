namespace SyncHealth.Fleet.Tests.Support;

/// <summary>A clock many times faster than the machine's, timers included.</summary>
public sealed class FastTimeProvider(DateTimeOffset start, double speed) : TimeProvider
{
    private readonly Lock _lock = new();
    private long _origin = System.GetTimestamp();
    private TimeSpan _before;
    private double _speed = speed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, ToReal(dueTime), ToReal(period));

    /// <summary>From now on the clock runs at <paramref name="speed"/>. Timers that wait keep the real time that they had: after slowing down they are early on this clock.</summary>
    public void RunAt(double speed)
    {
        lock (_lock)
        {
            _before = Elapsed;
            _origin = System.GetTimestamp();
            _speed = speed;
        }
    }

    private TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
                return _before + (System.GetElapsedTime(_origin) * _speed);
        }
    }

    /// <summary>Rounded up to a millisecond: a timer that fires early would be a wait cut short.</summary>
    private TimeSpan ToReal(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / Volatile.Read(ref _speed)));
}
