namespace SyncHealth.Client.Sending;

/// <summary>Decides when the next request may leave. Pure: times are the uptime passed in.</summary>
internal sealed class SendPace(RetrySchedule retries, ReplayPace replay, int batchSize, TimeSpan batchInterval, TimeSpan sparingInterval)
{
    /// <summary>Longest wait that a server may ask for: beyond it, a mistake would silence the device.</summary>
    internal static readonly TimeSpan LongestAskedWait = TimeSpan.FromHours(1);

    /// <summary>Time between two questions after a refused key.</summary>
    internal static readonly TimeSpan ProbeInterval = TimeSpan.FromHours(1);

    private TimeSpan? _waitingSince;
    private TimeSpan _retryAt;
    private TimeSpan _heldUntil;
    private TimeSpan _askedInterval;
    private TimeSpan _askedUntil;

    // Longest wait of an event for a fuller batch, as conditions and the server last had it.
    private TimeSpan? _interval;

    /// <summary>Whether the last request failed.</summary>
    internal bool Failing => retries.Failures > 0;

    /// <summary>Whether the server refused the key or the address.</summary>
    internal bool Refused { get; private set; }

    /// <summary>Time until the next request, or <see langword="null"/> while there is nothing to send.</summary>
    /// <param name="now">The uptime.</param>
    /// <param name="queued">Events in the queue.</param>
    /// <param name="conditions">What the device says about sending.</param>
    /// <param name="issued">The highest number given to an event.</param>
    internal TimeSpan? UntilNext(TimeSpan now, long queued, SendConditions conditions = SendConditions.None, long issued = 0)
    {
        if (queued == 0)
        {
            _waitingSince = null;
            return null;
        }

        _waitingSince ??= now;
        // Asked again after an interval; a flush does not ask.
        if (conditions.HasFlag(SendConditions.Offline))
            return batchInterval;
        var interval = conditions == SendConditions.None ? batchInterval : Max(batchInterval, sparingInterval);
        if (_askedUntil > now)
            interval = Max(interval, _askedInterval);
        _interval = interval;
        var batchAt = Failing ? now : replay.IsBacklog(queued) ? replay.NextAt(issued, interval) : queued >= batchSize ? now : _waitingSince.Value + interval;
        var at = Max(batchAt, Max(_retryAt, _heldUntil));
        return at > now ? at - now : TimeSpan.Zero;
    }

    /// <summary>Whether the next batch is to be of the newest events: a backlog waits, and there are events since such a batch last left.</summary>
    internal bool WantsNewest(TimeSpan now, long queued, long issued) => replay.WantsNewest(now, queued, issued, _interval ?? batchInterval);

    /// <summary>Whether a flush must wait: the server asked for patience or refused us. Our own backoff gives way to a flush.</summary>
    internal bool IsHeld(TimeSpan now) => _heldUntil > now;

    /// <summary>The server has answered for a batch.</summary>
    /// <param name="newest">Whether it was asked for as the newest.</param>
    /// <param name="lastSeq">The last number of its events.</param>
    internal void Delivered(TimeSpan now, bool newest, long lastSeq)
    {
        replay.Delivered(now, newest, lastSeq);
        retries.Reset();
        Refused = false;
        _waitingSince = now;
        _retryAt = _heldUntil = TimeSpan.Zero;
    }

    /// <summary>What the server asks with a receipt: it may slow us down, never hurry us.</summary>
    internal void Obey(TimeSpan now, ServerSettings settings)
    {
        _askedInterval = settings.Interval;
        _askedUntil = now + ServerSettings.HoldsFor;
        if (settings.Pause > TimeSpan.Zero)
            Hold(now, settings.Pause);
    }

    /// <summary>No answer, or one that asks for patience.</summary>
    internal void Failed(TimeSpan now, TimeSpan? asked)
    {
        _retryAt = now + retries.Next();
        if (asked is { } wait)
            Hold(now, wait);
    }

    // Never earlier than told, and not all at the moment told.
    private void Hold(TimeSpan now, TimeSpan wait)
    {
        wait = wait < LongestAskedWait ? wait : LongestAskedWait;
        _heldUntil = now + wait + retries.Draw(RetrySchedule.Ceiling(retries.Failures));
    }

    /// <summary>The key or the address is wrong: the queue is kept and the server asked again every hour.</summary>
    internal void Refuse(TimeSpan now)
    {
        Refused = true;
        _heldUntil = now + ProbeInterval + retries.Draw(TimeSpan.FromTicks(ProbeInterval.Ticks / 10));
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
