using System.Threading.Channels;

namespace SyncHealth.Storage.Writes;

/// <summary>Requests that wait for a commit, bounded by what they hold, by how long the first of them has waited and by how long the last will wait.</summary>
internal sealed class WriteQueue(StorageOptions options)
{
    /// <summary>In the place of a time: nobody waits.</summary>
    private const long Nobody = long.MaxValue;

    /// <summary>Full groups that may wait however slow commits have become: as many as it takes to see that they are faster again.</summary>
    private const int GroupsAlwaysTaken = 2;

    private readonly int _maxGroupEvents = options.MaxGroupEvents;
    private readonly Channel<WriteRequest> _requests = Channel.CreateUnbounded<WriteRequest>();
    private readonly DrainPace _pace = new();
    private long _queued;
    private long _oldestAt = Nobody;
    private volatile bool _closed;

    public long Queued => Interlocked.Read(ref _queued);

    public bool IsClosed => _closed;

    /// <summary>Whether the next request would be refused.</summary>
    public bool IsOverloaded => Queued is > 0 and var queued && IsTooMuch(queued);

    // The real clock: it bounds a caller's answer time.
    private bool IsLate => Interlocked.Read(ref _oldestAt) is not Nobody and var at && TimeProvider.System.GetElapsedTime(at) > options.MaxQueueDelay;

    /// <summary>Adds a request, or says why not. Any request enters an empty queue, also one larger than the bound.</summary>
    public WriteStatus? TryAdd(WriteRequest request)
    {
        var queued = Interlocked.Add(ref _queued, request.Weight);
        if (queued == request.Weight)
            Interlocked.Exchange(ref _oldestAt, request.AddedAt);
        else if (IsTooMuch(queued))
            return Refuse(request, WriteStatus.Overloaded);
        return _requests.Writer.TryWrite(request) ? null : Refuse(request, WriteStatus.ShuttingDown);
    }

    /// <summary>Takes the next group: what waits, and what comes within the delay. False when the queue is closed and empty.</summary>
    public async Task<bool> TakeAsync(List<WriteRequest> group, CancellationToken cancellationToken)
    {
        group.Clear();
        if (!await _requests.Reader.WaitToReadAsync(cancellationToken))
            return false;
        var taken = Drain(group, 0);
        if (taken < _maxGroupEvents && options.GroupDelay > TimeSpan.Zero && !_requests.Reader.Completion.IsCompleted)
        {
            // The real clock: the delay is part of a caller's answer time.
            await Task.Delay(options.GroupDelay, TimeProvider.System, cancellationToken);
            taken = Drain(group, taken);
        }

        _pace.Note(taken, taken >= _maxGroupEvents, TimeProvider.System.GetTimestamp());
        return true;
    }

    public void Close()
    {
        _closed = true;
        _requests.Writer.TryComplete();
    }

    private bool IsTooMuch(long queued) =>
        queued > options.MaxQueuedEvents || IsLate || queued > Math.Max(GroupsAlwaysTaken * _maxGroupEvents, _pace.Within(options.MaxQueueDelay));

    private WriteStatus Refuse(WriteRequest request, WriteStatus status)
    {
        Interlocked.Add(ref _queued, -request.Weight);
        return status;
    }

    private int Drain(List<WriteRequest> group, int taken)
    {
        while (taken < _maxGroupEvents && _requests.Reader.TryRead(out var request))
        {
            // Whoever is first in line now came after this one: a bound on its wait that costs no look into the queue.
            Interlocked.Exchange(ref _oldestAt, request.AddedAt);
            group.Add(request);
            taken += request.Weight;
            if (Interlocked.Add(ref _queued, -request.Weight) == 0)
                Interlocked.CompareExchange(ref _oldestAt, Nobody, request.AddedAt);
        }

        return taken;
    }
}
