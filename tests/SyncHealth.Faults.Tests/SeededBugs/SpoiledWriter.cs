using SyncHealth.Storage.Writes;

namespace SyncHealth.Faults.Tests.SeededBugs;

/// <summary>A writer with a mistake in front of it.</summary>
internal sealed class SpoiledWriter(BatchWriter writer, Func<BatchWriter, EventBatch, CancellationToken, ValueTask<WriteReceipt>> write) : IEventWriter
{
    public ValueTask<WriteReceipt> WriteAsync(EventBatch batch, CancellationToken cancellationToken) => write(writer, batch, cancellationToken);
}
