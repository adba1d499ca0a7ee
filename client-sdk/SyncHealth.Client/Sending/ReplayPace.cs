namespace SyncHealth.Client.Sending;

/// <summary>
/// How a backlog leaves: the newest events first, so that what is known of the device is of now; then the rest from its beginning, a batch at a time, so that the devices
/// which come back after an outage are not the next one. Pure: times are the uptime passed in.
/// </summary>
/// <param name="batchSize">Events of one batch.</param>
/// <param name="interval">Least time between two batches of the backlog.</param>
internal sealed class ReplayPace(int batchSize, TimeSpan interval)
{
    /// <summary>More batches than this are a backlog: what an app syncs in hours, and nothing that a server notices.</summary>
    internal const int BacklogBatches = 10;

    private TimeSpan _newestAt;
    private TimeSpan _backlogAt;

    // Everything up to this number has left, or is backlog.
    private long _newestUpTo;

    /// <summary>Whether so many events are a backlog.</summary>
    internal bool IsBacklog(long queued) => queued > (long)BacklogBatches * batchSize;

    /// <summary>When the next batch of a backlog may leave: of the newest events when they have waited, or of the rest.</summary>
    /// <param name="issued">The highest number given to an event.</param>
    /// <param name="wait">Longest wait of an event for a fuller batch.</param>
    internal TimeSpan NextAt(long issued, TimeSpan wait)
    {
        var newestAt = NewestAt(issued, wait);
        return newestAt < _backlogAt ? newestAt : _backlogAt;
    }

    /// <summary>Whether the next batch is of the newest events.</summary>
    internal bool WantsNewest(TimeSpan now, long queued, long issued, TimeSpan wait) => IsBacklog(queued) && NewestAt(issued, wait) <= now;

    /// <summary>A batch has arrived.</summary>
    /// <param name="newest">Whether it was asked for as the newest.</param>
    /// <param name="lastSeq">Its last number.</param>
    internal void Delivered(TimeSpan now, bool newest, long lastSeq)
    {
        if (newest)
            (_newestAt, _newestUpTo) = (now, lastSeq);
        else
            _backlogAt = now + interval;
    }

    private TimeSpan NewestAt(long issued, TimeSpan wait)
    {
        if (issued <= _newestUpTo)
            return TimeSpan.MaxValue;
        return _newestUpTo == 0 || issued - _newestUpTo >= batchSize ? TimeSpan.Zero : _newestAt + wait;
    }
}
