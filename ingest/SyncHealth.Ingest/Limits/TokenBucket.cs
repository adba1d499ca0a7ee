namespace SyncHealth.Ingest.Limits;

/// <summary>So many events a second on average, with bursts of ten seconds' worth. The rate may change from one request to the next.</summary>
/// <param name="clock">The real clock: a limit on real resources does not run faster in the demo.</param>
internal sealed class TokenBucket(TimeProvider clock)
{
    private const double BurstSeconds = 10;

    private readonly Lock _lock = new();
    private double _spent;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes the events.</summary>
    /// <returns>Null, or how long to wait. A batch larger than a whole burst passes when the bucket is full.</returns>
    public TimeSpan? Take(int events, double rate)
    {
        lock (_lock)
        {
            if (WaitFor(events, rate) is { } wait)
                return wait;
            _spent += events;
            return null;
        }
    }

    /// <summary>How long to wait before anything can be taken; null when something can now.</summary>
    public TimeSpan? Ask(double rate)
    {
        lock (_lock)
            return WaitFor(1, rate);
    }

    /// <summary>Puts back what was taken for nothing.</summary>
    public void Return(int events)
    {
        lock (_lock)
            _spent = Math.Max(0, _spent - events);
    }

    private TimeSpan? WaitFor(int events, double rate)
    {
        var now = clock.GetTimestamp();
        _spent = Math.Max(0, _spent - (clock.GetElapsedTime(_at, now).TotalSeconds * rate));
        _at = now;
        var burst = rate * BurstSeconds;
        var missing = Math.Min(events, burst) - (burst - _spent);
        return missing > 0 ? TimeSpan.FromSeconds(missing / rate) : null;
    }
}
