namespace SyncHealth.SyncEngine.Protocol;

/// <summary>
/// Leaves a server alone that has failed often in a row (M. Nygard, "Release It!", 2007). While it is open the engine starts nothing by itself; after that, and for
/// whoever asks, one request is tried, and its answer closes the circuit or opens it for twice as long. Retries inside a cycle are for a server that
/// is closed to nobody. Any thread.
/// </summary>
internal sealed class CircuitBreaker(EngineOptions options, Random random)
{
    /// <summary>Share of an opening by which devices vary it, so that a fleet does not probe in step.</summary>
    private const double Jitter = 0.5;

    private readonly Lock _lock = new();
    private int _failures;
    private int _openings;
    private DateTimeOffset _openedAt;
    private DateTimeOffset _openUntil;

    /// <summary>Nothing speaks against retries.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _failures < options.BreakAfter;
        }
    }

    /// <summary>Until when nothing is started; null when something may. A clock that was set back since opens it no longer.</summary>
    public DateTimeOffset? OpenUntil(DateTimeOffset now)
    {
        lock (_lock)
            return now >= _openedAt && now < _openUntil ? _openUntil : null;
    }

    /// <summary>The server has answered, whatever it said.</summary>
    public void Answered()
    {
        lock (_lock)
            (_failures, _openings, _openUntil) = (0, 0, _openedAt);
    }

    /// <summary>The server has failed, or was not reached over a network that is there.</summary>
    public void Failed(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (++_failures < options.BreakAfter)
                return;
            var bound = Math.Min(options.LongestOpen.Ticks, options.FirstOpen.Ticks * Math.Pow(2, Math.Min(_openings++, 30)));
            (_openedAt, _openUntil) = (now, now + TimeSpan.FromTicks((long)(bound * (1 - (Jitter * random.NextDouble())))));
        }
    }
}
