namespace SyncHealth.Storage.Writes;

/// <summary>How fast a queue that never runs dry is taken from. By Little's law, what waits now, over this pace, is how long the next one will wait.</summary>
/// <remarks>
/// Learns from full groups only: the pace of a queue that has no more to give says nothing of what it could give. Groups and the time between them are
/// averaged apart, so that two takers who come at the same moment are one pace and not a moment of infinite speed.
/// </remarks>
internal sealed class DrainPace
{
    /// <summary>Share of the newest group in the averages: the last five make two thirds of them, some hundred milliseconds under load.</summary>
    private const double Newest = 0.2;

    private readonly Lock _lock = new();
    private double _events;
    private double _seconds;
    private long? _lastAt;

    /// <summary>Notes that a group was taken.</summary>
    /// <param name="events">What it holds.</param>
    /// <param name="isFull">Whether more was there than it could hold.</param>
    /// <param name="at">When, as <see cref="TimeProvider.GetTimestamp"/> says it.</param>
    public void Note(int events, bool isFull, long at)
    {
        lock (_lock)
        {
            if (isFull && _lastAt is { } last)
            {
                _events += Newest * (events - _events);
                _seconds += Newest * (TimeProvider.System.GetElapsedTime(last, at).TotalSeconds - _seconds);
            }

            _lastAt = isFull ? at : null;
        }
    }

    /// <summary>Events that are taken within <paramref name="span"/>; infinitely many as long as nothing is known.</summary>
    public double Within(TimeSpan span)
    {
        lock (_lock)
            return _seconds > 0 ? span.TotalSeconds * _events / _seconds : double.PositiveInfinity;
    }
}
