using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Stores an edit together with its outbox row, inside the transaction of the caller.</summary>
internal static class RecordEdits
{
    public static Note Store(IStoreTransaction transaction, string id, Revision content, DateTimeOffset now)
    {
        // The first edit since the server had the last word: what it has now is what a merge of three starts from.
        if (transaction.Records.Find(id) is { Version: > 0, IsPending: false } known)
            transaction.Records.PutOrigin(id, known.Content);
        transaction.Records.Edit(id, content);
        OutboxQueue.Enqueue(transaction, id, content, now);
        return transaction.Records.Find(id) ?? new Note(id, content, 0, IsPending: false);
    }
}
