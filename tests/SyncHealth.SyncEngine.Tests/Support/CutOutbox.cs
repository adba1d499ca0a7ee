using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Takes a step before each operation.</summary>
internal sealed class CutOutbox(IOutboxCollection inner, Action step) : IOutboxCollection
{
    private IOutboxCollection Next
    {
        get
        {
            step();
            return inner;
        }
    }

    public IReadOnlyList<OutboxEntry> Of(string noteId) => Next.Of(noteId);

    public OutboxEntry? Find(long sequence) => Next.Find(sequence);

    public IReadOnlyList<OutboxEntry> Open(BatchChoice choice, int limit) => Next.Open(choice, limit);

    public HeldBack HeldBack(BatchChoice choice) => Next.HeldBack(choice);

    public IReadOnlyList<OutboxEntry> Sealed() => Next.Sealed();

    public OutboxDepth Depth() => Next.Depth();

    public IReadOnlyList<string> Entities() => Next.Entities();

    public long Add(OutboxEntry entry) => Next.Add(entry);

    public void Update(OutboxEntry entry) => Next.Update(entry);

    public void Remove(long sequence) => Next.Remove(sequence);
}
