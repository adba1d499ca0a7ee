namespace SyncHealth.Alerting.Receivers.PagerDuty;

/// <summary>So many calls in any stretch of time, on the wall clock: the vendor's minutes are real ones, however fast the demo's clock runs.</summary>
internal sealed class SlidingWindow(TimeProvider wallClock, int calls)
{
    /// <summary>The stretch that PagerDuty counts over (developer.pagerduty.com/docs/events-api-v2-overview).</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private readonly Queue<DateTimeOffset> _taken = [];

    /// <summary>Takes a call; false when the stretch that ends now is full. A call that is refused does not count.</summary>
    public bool TryTake()
    {
        var now = wallClock.GetUtcNow();
        while (_taken.TryPeek(out var oldest) && now - oldest >= Length)
            _taken.Dequeue();
        if (_taken.Count >= calls)
            return false;
        _taken.Enqueue(now);
        return true;
    }
}
