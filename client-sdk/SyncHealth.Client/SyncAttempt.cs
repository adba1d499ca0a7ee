using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Recording;
using SyncHealth.Contracts;

namespace SyncHealth.Client;

/// <summary>
/// One sync cycle in progress. Say what happened, then exactly one of <see cref="Succeed"/>, <see cref="Partial"/>, <see cref="Fail"/> and <see cref="Cancel"/>;
/// disposal without an outcome counts as cancelled. Safe to call from several threads and to copy; calls after the outcome change nothing. Never throws.
/// </summary>
/// <remarks>A handle to a record that is used again, so that recording makes no garbage. <c>default</c> is an attempt that has ended.</remarks>
public readonly record struct SyncAttempt : IDisposable
{
    private readonly Recorder? _recorder;
    private readonly EventRecord? _record;
    private readonly int _use;

    internal SyncAttempt(Recorder recorder, SyncType type, SyncTrigger trigger)
    {
        _recorder = recorder;
        _record = recorder.Rent(type);
        _use = _record.Use;
        _record.Trigger = trigger;
        _record.Activity = ClientActivity.Start(type, trigger);
        _record.StartedAt = recorder.Timestamp();
    }

    /// <summary>Adds items that were sent to the server.</summary>
    public SyncAttempt Pushed(int items) => Change(Bounded.Count(items), static (record, items) => record.Pushed += items);

    /// <summary>Adds items that were fetched.</summary>
    public SyncAttempt Pulled(int items) => Change(Bounded.Count(items), static (record, items) => record.Pulled += items);

    /// <summary>Adds fetched items that were applied to the local database.</summary>
    public SyncAttempt Applied(int items) => Change(Bounded.Count(items), static (record, items) => record.Applied += items);

    /// <summary>Adds items that the server refused.</summary>
    public SyncAttempt Rejected(int items) => Change(Bounded.Count(items), static (record, items) => record.Rejected += items);

    /// <summary>Adds bytes transferred.</summary>
    public SyncAttempt Bytes(long up, long down) => Change((up, down), static (record, bytes) =>
    {
        record.BytesUp += Math.Max(0, bytes.up);
        record.BytesDown += Math.Max(0, bytes.down);
    });

    /// <summary>Counts a transport retry inside this cycle; the number of attempts stays one.</summary>
    public SyncAttempt Retried() => Change(1, static (record, more) => record.Retries += more);

    /// <summary>Says on which network the cycle ran, and whether the user pays for it by volume (unknown when <see langword="null"/>).</summary>
    public SyncAttempt On(SyncNetwork network, bool? metered = null) => Change((network, metered), static (record, on) =>
    {
        record.Network = on.network;
        record.Metered = on.metered;
    });

    /// <summary>Says which way items moved.</summary>
    public SyncAttempt Direction(SyncDirection direction) => Change(direction, static (record, direction) => record.Direction = direction);

    /// <summary>Says how many local changes wait, and the age of the oldest (unknown when <see langword="null"/>). The last call counts.</summary>
    public SyncAttempt Queue(int depth, TimeSpan? oldestPending = null) => Change((depth, oldestPending), static (record, queue) =>
    {
        record.QueuedItems = Bounded.Count(queue.depth);
        record.OldestPendingMs = Bounded.Ms(queue.oldestPending);
    });

    /// <summary>Says when the last successful sync ended before this one; <see langword="null"/> when there was none.</summary>
    public SyncAttempt LastSuccess(DateTimeOffset? at) => Change(at, static (record, at) => record.LastSuccessAt = at);

    /// <summary>Adds conflicts: the entity's name (never a value), what met, how it was settled, who won, and how many edits were thrown away.</summary>
    public SyncAttempt Conflict(string entity, ConflictKind kind, ConflictStrategy strategy, ConflictWinner winner, int discarded = 0, int count = 1) =>
        Change(new ConflictEntry(Bounded.Name(entity), kind, strategy, winner, Bounded.Count(discarded), Bounded.Count(count)), static (record, entry) => record.Add(entry));

    /// <summary>Adds items that were refused: the entity's name, the kind and code of the refusal, and whether they were parked so that others go on.</summary>
    public SyncAttempt ItemFailure(string entity, string kind, string? code, int count, bool parked) =>
        Change(new FailureEntry(Bounded.Name(entity), Bounded.Name(kind), Bounded.Text(code), Bounded.Count(count), parked), static (record, entry) => record.Add(entry));

    /// <summary>Adds work that was put off, for example <c>metered</c>.</summary>
    public SyncAttempt Deferred(string reason, int count = 1) =>
        Change(new DeferredEntry(Bounded.Name(reason), Bounded.Count(count)), static (record, entry) => record.Add(entry));

    /// <summary>Everything was synced.</summary>
    public void Succeed() => End(SyncOutcome.Success, SyncErrorKind.None, null);

    /// <summary>The cycle finished, but some items were refused. Counts as a success, and apart.</summary>
    public void Partial() => End(SyncOutcome.Partial, SyncErrorKind.None, null);

    /// <summary>The cycle did not finish: whose fault it was, and a short stable code such as <c>http_503</c>.</summary>
    public void Fail(SyncErrorKind kind, string? code = null) => End(SyncOutcome.Failure, kind, code);

    /// <summary>The app or the system stopped the cycle.</summary>
    public void Cancel() => End(SyncOutcome.Cancelled, SyncErrorKind.Cancelled, null);

    /// <summary>Ends the attempt as cancelled unless an outcome was given.</summary>
    public void Dispose() => Cancel();

    // The value travels beside a static lambda, so that a call allocates nothing.
    private SyncAttempt Change<T>(T value, Action<EventRecord, T> change)
    {
        if (_record is null)
            return this;
        lock (_record)
            if (_record.Use == _use)
                change(_record, value);
        return this;
    }

    private void End(SyncOutcome outcome, SyncErrorKind kind, string? code)
    {
        if (_record is null)
            return;
        lock (_record)
        {
            if (_record.Use != _use)
                return;
            _record.End();
        }

        _record.Outcome = outcome;
        _record.Success = outcome is SyncOutcome.Success or SyncOutcome.Partial;
        // A failure of no kind would read as none.
        _record.ErrorKind = outcome == SyncOutcome.Failure && kind == SyncErrorKind.None ? SyncErrorKind.Unknown : kind;
        _record.ErrorCode = Bounded.Text(code);
        _record.DurationMs = _recorder!.ElapsedMs(_record.StartedAt);
        ClientActivity.End(_record.Activity, _record);
        _recorder.Record(_record);
    }
}
