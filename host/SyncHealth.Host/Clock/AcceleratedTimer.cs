namespace SyncHealth.Host.Clock;

/// <summary>A timer of an <see cref="AcceleratedTimeProvider"/>. Each wait is translated anew, so that a period keeps its meaning when the clock slows to ×1.</summary>
internal sealed class AcceleratedTimer : ITimer
{
    private readonly AcceleratedTimeProvider _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _inner;
    private TimeSpan _period;

    public AcceleratedTimer(
        AcceleratedTimeProvider clock, TimeProvider real, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _period = period;
        _inner = real.CreateTimer(static timer => ((AcceleratedTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _inner.Change(clock.ToReal(dueTime), Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        return _inner.Change(_clock.ToReal(dueTime), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _inner.Dispose();

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private void Fire()
    {
        var period = _period;
        if (period > TimeSpan.Zero)
            _inner.Change(_clock.ToReal(period), Timeout.InfiniteTimeSpan);
        _callback(_state);
    }
}
