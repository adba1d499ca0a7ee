using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Takes a step before each operation.</summary>
internal sealed class CutRecords(IRecordCollection inner, Action step) : IRecordCollection
{
    private IRecordCollection Next
    {
        get
        {
            step();
            return inner;
        }
    }

    public Note? Find(string id) => Next.Find(id);

    public IReadOnlyList<Note> List(string entity, int limit, int offset) => Next.List(entity, limit, offset);

    public int Count(string entity) => Next.Count(entity);

    public IReadOnlyDictionary<string, long> KnownVersions() => Next.KnownVersions();

    public void Edit(string id, Revision content) => Next.Edit(id, content);

    public void Take(string id, Revision content, long version) => Next.Take(id, content, version);

    public bool TakeNew(string id, Revision content, long version) => Next.TakeNew(id, content, version);

    public void MarkSeen(string id, long version, long? editedAt = null) => Next.MarkSeen(id, version, editedAt);

    public void Remove(string id) => Next.Remove(id);

    public int Sweep() => Next.Sweep();

    public Revision? FindOrigin(string id) => Next.FindOrigin(id);

    public void PutOrigin(string id, Revision content) => Next.PutOrigin(id, content);

    public void RemoveOrigin(string id) => Next.RemoveOrigin(id);
}
