using System.Threading.Channels;

namespace SyncHealth.Storage.Writes;

/// <summary>Requests that wait for a commit, bounded by what they hold rather than by their number.</summary>
internal sealed class WriteQueue(int maxQueuedEvents, int maxGroupEvents, TimeSpan groupDelay)
{
    private readonly Channel<WriteRequest> _requests = Channel.CreateUnbounded<WriteRequest>();
    private long _queued;
    private volatile bool _closed;

    public long Queued => Interlocked.Read(ref _queued);

    public bool IsClosed => _closed;

    /// <summary>Adds a request, or says why not. A request larger than the bound enters an empty queue.</summary>
    public WriteStatus? TryAdd(WriteRequest request)
    {
        var queued = Interlocked.Add(ref _queued, request.Weight);
        if (queued > maxQueuedEvents && queued > request.Weight)
            return Refuse(request, WriteStatus.Overloaded);
        return _requests.Writer.TryWrite(request) ? null : Refuse(request, WriteStatus.ShuttingDown);
    }

    /// <summary>Takes the next group: what waits, and what comes within the delay. False when the queue is closed and empty.</summary>
    public async Task<bool> TakeAsync(List<WriteRequest> group, CancellationToken cancellationToken)
    {
        group.Clear();
        if (!await _requests.Reader.WaitToReadAsync(cancellationToken))
            return false;
        if (Drain(group, 0) is var taken && taken < maxGroupEvents && groupDelay > TimeSpan.Zero && !_requests.Reader.Completion.IsCompleted)
        {
            // The real clock: the delay is part of a caller's answer time.
            await Task.Delay(groupDelay, TimeProvider.System, cancellationToken);
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
        while (taken < maxGroupEvents && _requests.Reader.TryRead(out var request))
        {
            group.Add(request);
            taken += request.Weight;
            Interlocked.Add(ref _queued, -request.Weight);
        }

        return taken;
    }
}
