using System.Threading.Channels;

namespace SyncHealth.Storage.Writes;

/// <summary>Requests that wait for a commit, bounded by what they hold and by how long the first of them has waited.</summary>
internal sealed class WriteQueue(StorageOptions options)
{
    /// <summary>In the place of a time: nobody waits.</summary>
    private const long Nobody = long.MaxValue;

    private readonly int _maxGroupEvents = options.MaxGroupEvents;
    private readonly Channel<WriteRequest> _requests = Channel.CreateUnbounded<WriteRequest>();
    private long _queued;
    private long _oldestAt = Nobody;
    private volatile bool _closed;

    public long Queued => Interlocked.Read(ref _queued);

    public bool IsClosed => _closed;

    /// <summary>Whether the next request would be refused.</summary>
    public bool IsOverloaded => Queued is > 0 and var queued && (queued > options.MaxQueuedEvents || IsLate);

    // The real clock: it bounds a caller's answer time.
    private bool IsLate => Interlocked.Read(ref _oldestAt) is not Nobody and var at && TimeProvider.System.GetElapsedTime(at) > options.MaxQueueDelay;

    /// <summary>Adds a request, or says why not. Any request enters an empty queue, also one larger than the bound.</summary>
    public WriteStatus? TryAdd(WriteRequest request)
    {
        var queued = Interlocked.Add(ref _queued, request.Weight);
        if (queued == request.Weight)
            Interlocked.Exchange(ref _oldestAt, request.AddedAt);
        else if (queued > options.MaxQueuedEvents || IsLate)
            return Refuse(request, WriteStatus.Overloaded);
        return _requests.Writer.TryWrite(request) ? null : Refuse(request, WriteStatus.ShuttingDown);
    }

    /// <summary>Takes the next group: what waits, and what comes within the delay. False when the queue is closed and empty.</summary>
    public async Task<bool> TakeAsync(List<WriteRequest> group, CancellationToken cancellationToken)
    {
        group.Clear();
        if (!await _requests.Reader.WaitToReadAsync(cancellationToken))
            return false;
        if (Drain(group, 0) is var taken && taken < _maxGroupEvents && options.GroupDelay > TimeSpan.Zero && !_requests.Reader.Completion.IsCompleted)
        {
            // The real clock: the delay is part of a caller's answer time.
            await Task.Delay(options.GroupDelay, TimeProvider.System, cancellationToken);
            Drain(group, taken);
        }

        return true;
    }

    public void Close()
    {
        _closed = true;
        _requests.Writer.TryComplete();
    }

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
