using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.SyncEngine.Triggers;

/// <summary>Decides when the next cycle is due and why. Knows no clock and waits for nothing: time is a parameter. Not for several threads.</summary>
internal sealed class TriggerPlan(TriggerOptions options, Random random, DateTimeOffset now)
{
    private DateTimeOffset _scheduledAt = now + Vary(options, random);
    private DateTimeOffset? _firstEditAt;
    private DateTimeOffset? _writeAt;
    private DateTimeOffset? _retryAt;
    private SyncTrigger? _immediate;
    private int _failures;

    /// <summary>Why the last cycle that was due did not run, or came to nothing; null once one has started.</summary>
    public string? Deferral { get; private set; }

    /// <summary>The app came up. Soon after a success there is nothing to gain from another cycle.</summary>
    public void Opened(DateTimeOffset at, DateTimeOffset? lastSuccessAt)
    {
        if (lastSuccessAt is null || at - lastSuccessAt >= options.OpenInterval)
            _immediate = SyncTrigger.AppOpen;
    }

    /// <summary>A local edit was stored.</summary>
    public void Edited(DateTimeOffset at)
    {
        _firstEditAt ??= at;
        var limit = _firstEditAt.Value + options.WriteDebounceLimit;
        var quiet = at + options.WriteDebounce;
        _writeAt = quiet < limit ? quiet : limit;
    }

    /// <summary>The network came back.</summary>
    public void Reconnected()
    {
        _immediate = SyncTrigger.Reconnect;
        Deferral = null;
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
        return next;
    }

    /// <summary>A cycle starts: it serves everything that was asked for so far. Edits made while it runs ask anew.</summary>
    public void Started()
    {
        _immediate = null;
        Deferral = null;
        _firstEditAt = _writeAt = _retryAt = null;
    }

    /// <summary>There is no network: the reconnect, or else the next scheduled time, will see to it.</summary>
    public void Deferred(DateTimeOffset at)
    {
        Started();
        _scheduledAt = at + Vary(options, random);
        Deferral = Deferrals.NoNetwork;
    }

    /// <summary>A cycle has ended. A failure is always followed by a retry, so that a queue never waits for the next edit to be drained.</summary>
    public void Finished(DateTimeOffset at, CycleResult result)
    {
        _scheduledAt = at + Vary(options, random);
        if (result.IsSuccess)
        {
            _failures = 0;
            _retryAt = null;
            if (result.Waiting > 0)
                Edited(at);
        }
        else if (result.ErrorKind == SyncErrorKind.Offline)
        {
            Deferral = Deferrals.NoNetwork;
        }
        else
        {
            _retryAt = at + new Backoff(options.FirstRetryWait, options.LongestRetryWait, random).Next(_failures++);
        }
    }

    private static TimeSpan Vary(TriggerOptions options, Random random) =>
        options.Period * (1 + options.PeriodJitter * (2 * random.NextDouble() - 1));
}
