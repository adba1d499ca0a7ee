using System.Threading.Channels;
using SyncHealth.Client.Diagnostics;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Recording;

/// <summary>The caller's side: stamps events and hands them over without waiting.</summary>
internal sealed class Recorder(TimeProvider time, DropCounter drops, Resource resource)
{
    /// <summary>Events that may wait in memory for the disk: about 0.5 MiB, and hours of syncing on a device whose disk is full.</summary>
    internal const int BufferedEvents = 1024;

    private readonly Channel<QueueItem> _channel = Channel.CreateBounded<QueueItem>(new BoundedChannelOptions(BufferedEvents) { SingleReader = true });
    private readonly RecordPool _pool = new();
    private volatile Resource _resource = resource;

    private volatile bool _isOptedOut;

    /// <summary>Whether events are passed over, here and on the way to the disk.</summary>
    internal bool IsOptedOut
    {
        get => _isOptedOut;
        set => _isOptedOut = value;
    }

    internal ChannelReader<QueueItem> Items => _channel.Reader;

    internal Resource Resource
    {
        get => _resource;
        set => _resource = value;
    }

    /// <summary>A record to fill, from those that were stored.</summary>
    internal EventRecord Rent(SyncType type) => _pool.Rent(type);

    /// <summary>These are stored or given up: nobody reads them any more.</summary>
    internal void Return(IReadOnlyList<EventRecord> records) => _pool.Return(records);

    internal long Timestamp() => time.GetTimestamp();

    internal long ElapsedMs(long since) => Math.Max(0, (long)time.GetElapsedTime(since).TotalMilliseconds);

    /// <summary>Takes an event that ended now.</summary>
    internal void Record(EventRecord record)
    {
        record.Timestamp = time.GetUtcNow();
        record.RecordedAt = time.GetTimestamp();
        Hand(record);
    }

    /// <summary>Takes an event that carries the host's own time.</summary>
    internal void RecordAsGiven(EventRecord record) => Hand(record);

    /// <summary>Asks whether everything recorded before this call is on disk.</summary>
    internal async Task<bool> CommittedAsync(CancellationToken cancellationToken)
    {
        var barrier = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var cancelled = cancellationToken.Register(() => barrier.TrySetCanceled(cancellationToken));
        while (!_channel.Writer.TryWrite(new QueueItem(null, barrier)))
            if (!await _channel.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
                return false;
        return await barrier.Task.ConfigureAwait(false);
    }

    internal void Complete() => _channel.Writer.TryComplete();

    private void Hand(EventRecord record)
    {
        if (_isOptedOut)
        {
            _pool.Return(record);
            return;
        }

        record.Resource = _resource;
        ClientMetrics.Recorded(record);
        if (_channel.Writer.TryWrite(new QueueItem(record, null)))
            return;
        drops.Add(DropReasons.BufferFull, 1);
        _pool.Return(record);
    }
}
