using SyncHealth.SyncEngine.Loop;

namespace SyncHealth.Fleet.Clock;

/// <summary>
/// The time of one simulated device. Its wall clock, its timers, and its monotonic clock between cycles are the fleet's shared clock,
/// which may run many times faster than life. Inside a cycle the monotonic clock counts two kinds of time: work (SQLite, JSON, the real
/// request over loopback) as it really passed, and modelled waits (latency, transfer, a lost packet's silence, backoff) in full as modelled.
/// So a duration is modelled network time plus real processing, whatever the speed: without this, at ×120 a millisecond of work would
/// be reported as 120 ms, and one late timer as a second.
/// </summary>
/// <remarks>
/// Time limits of requests live on the same monotonic clock: a modelled wait that crosses one fires it at exactly its modelled moment,
/// and beside that a limit of the same length in real time bounds the real request, so that a slow moment of the machine never looks
/// like a slow network. One cycle at a time; other threads may read at any moment.
/// </remarks>
/// <param name="shared">The fleet's clock.</param>
/// <param name="real">The machine's clock.</param>
/// <param name="skew">How far the device's wall clock is ahead of the fleet's; its monotonic clock is not concerned.</param>
public sealed class DeviceTimeProvider(TimeProvider shared, TimeProvider real, TimeSpan skew = default) : TimeProvider, ICycleClock
{
    private readonly Lock _lock = new();
    private readonly long _sharedOrigin = shared.GetTimestamp();
    private readonly List<(TimeSpan Due, CancellationTokenSource Source)> _limits = [];
    private DeviceTimeMode _mode = DeviceTimeMode.Idle;
    private TimeSpan _at;
    private long _workingSince;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => shared.GetUtcNow() + skew;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        shared.CreateTimer(callback, state, dueTime, period);

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
            return Now().Ticks;
    }

    /// <inheritdoc/>
    public void Enter() => Switch(DeviceTimeMode.Working);

    /// <inheritdoc/>
    public void Leave() => Switch(DeviceTimeMode.Idle);

    /// <inheritdoc/>
    public async Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        Switch(DeviceTimeMode.Waiting);
        try
        {
            for (var left = duration; left > TimeSpan.Zero;)
            {
                var limit = NextLimit();
                var step = limit is { } due && due.In < left ? due.In : left;
                await PassAsync(step, cancellationToken);
                left -= step;
                if (limit is { } reached && step == reached.In)
                    await reached.Source.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            Switch(DeviceTimeMode.Working);
        }
    }

    /// <inheritdoc/>
    public Deadline Deadline(TimeSpan limit, CancellationToken cancellationToken)
    {
        // The real limit runs on the machine's clock: it bounds a real request, not a modelled one.
        var source = new CancellationTokenSource(limit, real);
        lock (_lock)
            _limits.Add((Now() + limit, source));
        return new Deadline(source, cancellationToken, Forget);
    }

    private void Forget(CancellationTokenSource source)
    {
        lock (_lock)
            _limits.RemoveAll(limit => limit.Source == source);
    }

    private async Task PassAsync(TimeSpan step, CancellationToken cancellationToken)
    {
        var from = shared.GetTimestamp();
        var passed = TimeSpan.Zero;
        try
        {
            if (step > TimeSpan.Zero)
                await Task.Delay(step, shared, cancellationToken);
            passed = step;
        }
        finally
        {
            // A wait that was cut short counts as far as it went, a complete one exactly as modelled, however late its timer was.
            var elapsed = shared.GetElapsedTime(from);
            lock (_lock)
                _at += passed == step || elapsed > step ? step : elapsed;
        }
    }

    private (TimeSpan In, CancellationTokenSource Source)? NextLimit()
    {
        lock (_lock)
        {
            if (_limits.Count == 0)
                return null;
            var (due, source) = _limits.MinBy(limit => limit.Due);
            return (due > _at ? due - _at : TimeSpan.Zero, source);
        }
    }

    private void Switch(DeviceTimeMode mode)
    {
        lock (_lock)
        {
            _at = Now();
            _mode = mode;
            _workingSince = real.GetTimestamp();
        }
    }

    private TimeSpan Now() => _mode switch
    {
        DeviceTimeMode.Working => _at + real.GetElapsedTime(_workingSince),
        DeviceTimeMode.Waiting => _at,
        // The shared clock is never behind for long: between cycles the device catches up with it.
        _ => shared.GetElapsedTime(_sharedOrigin) is var elapsed && elapsed > _at ? elapsed : _at,
    };
}
