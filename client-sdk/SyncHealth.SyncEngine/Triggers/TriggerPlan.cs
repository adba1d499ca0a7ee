using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncEngine.Triggers;

/// <summary>Decides when the next cycle is due and why. Knows no clock and waits for nothing: time is a parameter. Not for several threads.</summary>
internal sealed class TriggerPlan(TriggerOptions options, Random random, DateTimeOffset now, DeferralLog deferrals)
{
    private DateTimeOffset _lookedAt = now;
    private DateTimeOffset _scheduledAt = NextScheduled(options, random, now);
    private DateTimeOffset? _firstEditAt;
    private DateTimeOffset? _writeAt;
    private DateTimeOffset? _retryAt;
    private DateTimeOffset? _reconnectAt;
    private DateTimeOffset? _lastSuccessAt;
    private SyncTrigger? _immediate;
    private bool _isRunning;
    private bool _hasReconnected;
    private bool _isScheduleOwed;
    private bool _isBulkOwed;
    private int _failures;

    /// <summary>Why the last cycle that was due did not run, or came to nothing; null once one has started.</summary>
    public string? Deferral { get; private set; }

    /// <summary>Whether what is due next is the schedule's, which waits for its constraints.</summary>
    public bool IsConstrained => _immediate is null && Next().Trigger == SyncTrigger.Scheduled;

    /// <summary>
    /// What the clock says, before anything else is told or asked. One that was set back takes along what is due: else nothing would start by itself for as long
    /// as it was set back.
    /// </summary>
    public void Looked(DateTimeOffset at)
    {
        if (at < _lookedAt)
            Move(at - _lookedAt);
        _lookedAt = at;
    }

    /// <summary>The app came up. Soon after a success there is nothing to gain from another cycle.</summary>
    public void Opened(DateTimeOffset at, DateTimeOffset? lastSuccessAt) => Shown(SyncTrigger.AppOpen, at, lastSuccessAt, options.OpenInterval);

    /// <summary>The app came to the foreground, as <see cref="Opened"/> but more often.</summary>
    public void Foregrounded(DateTimeOffset at, DateTimeOffset? lastSuccessAt) => Shown(SyncTrigger.Foreground, at, lastSuccessAt, options.ForegroundInterval);

    /// <summary>A local edit was stored.</summary>
    public void Edited(DateTimeOffset at)
    {
        _firstEditAt ??= at;
        var limit = _firstEditAt.Value + options.WriteDebounceLimit;
        var quiet = at + options.WriteDebounce;
        _writeAt = quiet < limit ? quiet : limit;
    }

    /// <summary>A local edit was stored that must not wait. One that comes while a cycle runs asks anew: it may have come too late for its push.</summary>
    public void EditedUrgently() => _immediate = SyncTrigger.Priority;

    /// <summary>A low edit was stored that may not leave now: no sync would do anything for it.</summary>
    public void EditedInBulk() => _isBulkOwed = true;

    /// <summary>The network came back.</summary>
    public void Reconnected(DateTimeOffset at)
    {
        Deferral = null;
        if (_isRunning)
        {
            _hasReconnected = true;
            return;
        }

        var earliest = _lastSuccessAt + options.ReconnectInterval;
        _reconnectAt = earliest > at ? earliest.Value : DateTimeOffset.MinValue;
        if (earliest > at)
            deferrals.Note(Deferrals.MinInterval);
    }

    /// <summary>What was put off for a condition is due when the condition holds.</summary>
    /// <param name="at">Now.</param>
    /// <param name="isScheduleFree">Whether a scheduled sync may start.</param>
    /// <param name="isBulkFree">Whether bulk may be sent.</param>
    public void ConditionsChanged(DateTimeOffset at, bool isScheduleFree, bool isBulkFree)
    {
        if (_isScheduleOwed && isScheduleFree)
            (_scheduledAt, _isScheduleOwed, Deferral) = (at, false, null);
        if (!_isBulkOwed || !isBulkFree)
            return;
        _immediate ??= SyncTrigger.Scheduled;
        _isBulkOwed = false;
    }

    /// <summary>What is due next: of several at one moment the one that says most about why.</summary>
    public (DateTimeOffset At, SyncTrigger Trigger) Next()
    {
        if (_immediate is { } immediate)
            return (DateTimeOffset.MinValue, immediate);
        var next = (At: _scheduledAt, Trigger: SyncTrigger.Scheduled);
        if (_retryAt <= next.At)
            next = (_retryAt.Value, SyncTrigger.Retry);
        if (_writeAt <= next.At)
            next = (_writeAt.Value, SyncTrigger.LocalWrite);
        if (_reconnectAt <= next.At)
            next = (_reconnectAt.Value, SyncTrigger.Reconnect);
        return next;
    }

    /// <summary>A cycle starts: it serves everything that was asked for so far. Edits made while it runs ask anew.</summary>
    public void Started()
    {
        Forget();
        _isRunning = true;
    }

    /// <summary>What was due could not start; the network's return, the conditions', or else the next scheduled time will see to it.</summary>
    /// <param name="at">Now.</param>
    /// <param name="trigger">What was due.</param>
    /// <param name="reason">One of <see cref="Deferrals"/>.</param>
    public void Deferred(DateTimeOffset at, SyncTrigger trigger, string reason)
    {
        // Without a network nothing of what was asked for can be done; else only the schedule is put off, and what is due later stays.
        if (reason == Deferrals.NoNetwork)
            Forget();
        _isScheduleOwed |= trigger == SyncTrigger.Scheduled && reason != Deferrals.NoNetwork;
        _scheduledAt = NextScheduled(options, random, at);
        Deferral = reason;
        deferrals.Note(reason);
    }

    /// <summary>The server is left alone until a moment: what was due is tried then, all of it in one cycle.</summary>
    public void LeftAlone(DateTimeOffset until)
    {
        Forget();
        _retryAt = until;
        if (_scheduledAt < until)
            _scheduledAt = until;
        Deferral = Deferrals.CircuitOpen;
        deferrals.Note(Deferrals.CircuitOpen);
    }

    /// <summary>A cycle has ended. A failure is always followed by a retry, so that a queue never waits for the next edit to be drained.</summary>
    public void Finished(DateTimeOffset at, CycleResult result)
    {
        _isRunning = false;
        _scheduledAt = NextScheduled(options, random, at);
        (_isScheduleOwed, _isBulkOwed) = (false, result.HeldBack > 0);
        if (result.IsSuccess)
            Succeeded(at, result);
        else if (_hasReconnected)
            _reconnectAt = DateTimeOffset.MinValue;
        else if (result.ErrorKind == SyncErrorKind.Offline)
            Deferral = Deferrals.NoNetwork;
        else
            _retryAt = at + new Backoff(options.FirstRetryWait, options.LongestRetryWait, random).Next(_failures++);
        _hasReconnected = false;
    }

    private void Succeeded(DateTimeOffset at, CycleResult result)
    {
        _failures = 0;
        _retryAt = null;
        _lastSuccessAt = at;
        if (_hasReconnected)
            deferrals.NoteJoined(SyncTrigger.Reconnect);
        if (result.Waiting > result.HeldBack)
            Edited(at);
    }

    private void Shown(SyncTrigger trigger, DateTimeOffset at, DateTimeOffset? lastSuccessAt, TimeSpan interval)
    {
        if (_isRunning)
            deferrals.NoteJoined(trigger);
        else if (lastSuccessAt <= at && at - lastSuccessAt < interval)
            deferrals.Note(Deferrals.RecentlySynced);
        else
            _immediate = trigger;
    }

    private void Move(TimeSpan by)
    {
        if (options.Scheduler is null)
            _scheduledAt += by;
        if (_reconnectAt > DateTimeOffset.MinValue)
            _reconnectAt += by;
        _firstEditAt += by;
        _writeAt += by;
        _retryAt += by;
        _lastSuccessAt += by;
    }

    private void Forget()
    {
        _immediate = null;
        Deferral = null;
        _firstEditAt = _writeAt = _retryAt = _reconnectAt = null;
    }

    /// <summary>Never, where the system's own scheduler does it.</summary>
    private static DateTimeOffset NextScheduled(TriggerOptions options, Random random, DateTimeOffset from) => options.Scheduler is null
        ? from + (options.Period * (1 + options.PeriodJitter * (2 * random.NextDouble() - 1)))
        : DateTimeOffset.MaxValue;
}
