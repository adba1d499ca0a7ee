using System.Threading.Channels;
using SyncHealth.Client.Diagnostics;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Recording;

/// <summary>The caller's side: stamps events and hands them over without waiting.</summary>
internal sealed class Recorder(TimeProvider time, DropCounter drops, Resource resource, Func<DeviceContext>? context = null)
{
    /// <summary>Events that may wait in memory for the disk: about 0.5 MiB, and hours of syncing on a device whose disk is full.</summary>
    internal const int BufferedEvents = 1024;

    private readonly Channel<QueueItem> _channel = Channel.CreateBounded<QueueItem>(new BoundedChannelOptions(BufferedEvents) { SingleReader = true });
    private readonly RecordPool _pool = new();
    private readonly object _resourceGate = new();
    private volatile Resource _resource = resource;

    private volatile bool _isOptedOut;

    // On the monotonic clock; 0 while everything is recorded.
    private long _restsUntil;

    /// <summary>Whether events are passed over, here and on the way to the disk.</summary>
    internal bool IsOptedOut
    {
        get => _isOptedOut;
        set => _isOptedOut = value;
    }

    /// <summary>Whether events are passed over for now, because the server wants a share of the installs only.</summary>
    internal bool Rests => Volatile.Read(ref _restsUntil) is var until and not 0 && time.GetTimestamp() < until;

    internal ChannelReader<QueueItem> Items => _channel.Reader;

    /// <summary>The install as of the next event.</summary>
    internal Resource Resource => _resource;

    /// <summary>What the host's provider threw last, if it did.</summary>
    internal string? ContextProblem { get; private set; }

    internal void Change(Func<Resource, Resource> change)
    {
        lock (_resourceGate)
            _resource = change(_resource);
    }

    /// <summary>A record to fill, from those that were stored.</summary>
    internal EventRecord Rent(SyncType type)
    {
        var record = _pool.Rent(type);
        if (context is not null)
            Describe(record, context);
        return record;
    }

    /// <summary>These are stored or given up: nobody reads them any more.</summary>
    internal void Return(IReadOnlyList<EventRecord> records) => _pool.Return(records);

    /// <summary>Passes events over for so long; zero records again.</summary>
    internal void Rest(TimeSpan duration) =>
        Volatile.Write(ref _restsUntil, duration == TimeSpan.Zero ? 0 : time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency));

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

    private void Describe(EventRecord record, Func<DeviceContext> ask)
    {
        try
        {
            var said = ask();
            record.Network = said.Network;
            record.Metered = said.Metered;
            if (!_resource.IsAs(said))
                Change(resource => resource.With(said));
        }
#pragma warning disable CA1031 // Whatever the host's code throws, its app and our books go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ContextProblem = exception.Message;
        }
    }

    private void Hand(EventRecord record)
    {
        if (_isOptedOut)
        {
            _pool.Return(record);
            return;
        }

        record.Resource = _resource;
        ClientMetrics.Recorded(record);
        if (Rests)
        {
            _pool.Return(record);
            return;
        }

        if (_channel.Writer.TryWrite(new QueueItem(record, null)))
            return;
        drops.Add(DropReasons.BufferFull, 1);
        _pool.Return(record);
    }
}
