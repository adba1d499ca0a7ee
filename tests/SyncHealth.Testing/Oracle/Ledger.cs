using System.Text;

namespace SyncHealth.Testing.Oracle;

/// <summary>What was issued and what was acknowledged. Nothing is ever taken back.</summary>
/// <param name="app">Name of the app that the events belong to.</param>
/// <param name="origin">Latest time of any event.</param>
public sealed class Ledger(string app, DateTimeOffset origin)
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _acknowledged = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private long _issued;

    public string App => app;

    public DateTimeOffset Origin => origin;

    public long Issued => Interlocked.Read(ref _issued);

    public int Acknowledged
    {
        get
        {
            lock (_lock)
                return _acknowledged.Count;
        }
    }

    /// <summary>Everything issued so far.</summary>
    public IEnumerable<LedgerEvent> Events
    {
        get
        {
            for (var number = 1L; number <= Issued; number++)
                yield return LedgerEvent.Of(number, origin);
        }
    }

    /// <summary>Issues the next <paramref name="count"/> events: from now on each must be in the database at the end, exactly once.</summary>
    public LedgerEvent[] Issue(int count)
    {
        var last = Interlocked.Add(ref _issued, count);
        return [.. Enumerable.Range(0, count).Select(index => LedgerEvent.Of(last - count + 1 + index, origin))];
    }

    public void Acknowledge(IEnumerable<LedgerEvent> events)
    {
        lock (_lock)
        {
            foreach (var e in events)
                _acknowledged.Add(e.Number);
            foreach (var (_, reached) in _waiters.Where(waiter => waiter.Count <= _acknowledged.Count))
                reached.TrySetResult();
            _waiters.RemoveAll(waiter => waiter.Count <= _acknowledged.Count);
        }
    }

    /// <summary>Completes when <paramref name="more"/> further events are acknowledged.</summary>
    public Task WhenAcknowledgedAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _waiters.Add((_acknowledged.Count + more, reached));
        return reached.Task;
    }

    public bool IsAcknowledged(long number)
    {
        lock (_lock)
            return _acknowledged.Contains(number);
    }

    /// <summary>The body of <c>POST /v1/events</c> with these events, which all come from the device of the first.</summary>
    public byte[] JsonOf(IReadOnlyList<LedgerEvent> events) => JsonOf(events, LedgerEvent.DeviceOf(events[0].Number));

    /// <summary>The same for events whose first copy named another first: the device is a part of their identity.</summary>
    public byte[] JsonOf(IReadOnlyList<LedgerEvent> events, string device)
    {
        var json = new StringBuilder($$"""{"resource":{"app":"{{app}}","os":"android","deviceId":"{{device}}"},"events":[""");
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            events[i].AppendJson(json);
        }

        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }
}
