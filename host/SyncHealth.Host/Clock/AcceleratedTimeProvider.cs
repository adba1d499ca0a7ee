namespace SyncHealth.Host.Clock;

/// <summary>
/// A clock that starts in the past, runs faster than the wall clock, never passes it, and goes on at its pace once it has caught up.
/// Timers run on it too: 15 s last 0.25 s at ×60.
/// </summary>
/// <remarks>With a lead L and a speed s, the clock meets the wall clock after L / (s − 1) of real time.</remarks>
internal sealed class AcceleratedTimeProvider : TimeProvider
{
    /// <summary>Shortest real wait of a timer: the resolution of the system's timers; shorter ones would spin.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _real;
    private readonly DateTimeOffset _start;
    private readonly TimeSpan _lead;
    private readonly long _startTimestamp;
    private readonly double _speed;
    private readonly TimeSpan _meetsWallAfter;

    /// <param name="real">The clock of the machine.</param>
    /// <param name="start">Where this clock begins; at or before the wall clock.</param>
    /// <param name="speed">Seconds of this clock in one real second, at least 1.</param>
    public AcceleratedTimeProvider(TimeProvider real, DateTimeOffset start, double speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        var wall = real.GetUtcNow();
        _real = real;
        _start = start < wall ? start : wall;
        _lead = wall - _start;
        _speed = speed;
        _startTimestamp = real.GetTimestamp();
        _meetsWallAfter = speed > 1 ? _lead / (speed - 1) : TimeSpan.Zero;
    }

    /// <summary>The speed right now: 1 once the wall clock is reached.</summary>
    public double CurrentSpeed => RealElapsed < _meetsWallAfter ? _speed : 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan RealElapsed => _real.GetElapsedTime(_startTimestamp);

    public override DateTimeOffset GetUtcNow() => _start + Elapsed(RealElapsed);

    public override long GetTimestamp() => Elapsed(RealElapsed).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new AcceleratedTimer(this, _real, callback, state, dueTime, period);

    /// <summary>How long one has to wait in reality until <paramref name="due"/> has passed on this clock.</summary>
    internal TimeSpan ToReal(TimeSpan due)
    {
        if (due == Timeout.InfiniteTimeSpan || due <= TimeSpan.Zero)
            return due;

        var elapsed = RealElapsed;
        var wait = RealAt(Elapsed(elapsed) + due) - elapsed;
        return wait < ShortestWait ? ShortestWait : wait;
    }

    private TimeSpan Elapsed(TimeSpan real)
    {
        if (_speed <= 1)
            return real;
        return real < _meetsWallAfter ? real * _speed : real + _lead;
    }

    private TimeSpan RealAt(TimeSpan elapsed)
    {
        if (_speed <= 1)
            return elapsed;
        return elapsed < _meetsWallAfter * _speed ? elapsed / _speed : elapsed - _lead;
    }
}
