using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Stores an edit together with its outbox row, inside the transaction of the caller.</summary>
internal static class RecordEdits
{
    public static Note Store(Statements statements, string id, Revision content, DateTimeOffset now)
    {
        BaseRows.Keep(statements, id);
        NoteRows.Put(statements, id, content);
        OutboxQueue.Enqueue(statements, id, content, now);
        return NoteRows.Find(statements, id) ?? new Note(id, content, 0, IsPending: false);
    }
}
