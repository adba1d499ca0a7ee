using System.Collections.Concurrent;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Tests.Support;

/// <summary>A writer that keeps what it is given and answers as it is told.</summary>
internal sealed class CollectingWriter : IEventWriter
{
    public ConcurrentQueue<EventBatch> Batches { get; } = [];

    public WriteStatus Status { get; set; } = WriteStatus.Committed;

    public EventBatch Last => Batches.Last();

    public ValueTask<WriteReceipt> WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (Status != WriteStatus.Committed)
            return ValueTask.FromResult(new WriteReceipt(Status, 0, 0, 0));
        Batches.Enqueue(batch);
        return ValueTask.FromResult(new WriteReceipt(Status, batch.Events.Count, 0, 0));
    }
}
