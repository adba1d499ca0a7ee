using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Outbox;

/// <summary>
/// The rules of the outbox, inside the transaction of the caller. Of one record at most one operation is open, and at most one is sealed; they are sent in
/// the order in which their first edits were made.
/// </summary>
internal static class OutboxQueue
{
    /// <summary>Why an operation is parked whose conflict the app has to settle.</summary>
    private const string HeldForTheApp = "conflict";

    /// <summary>Queues an edit in the transaction that stores it; edits of a record that has not been sent yet fold into one operation.</summary>
    public static void Enqueue(IStoreTransaction transaction, string noteId, Revision content, DateTimeOffset now)
    {
        var entries = transaction.Outbox.Of(noteId);
        // An edit that replaces what the server has refused builds upon the same record.
        var parentId = entries.FirstOrDefault(static entry => entry.IsParked)?.ParentId;
        var refusedEdits = DropParked(transaction, entries);
        var open = entries.FirstOrDefault(static entry => entry.IsOpen);
        var isHeld = transaction.Conflicts.FindHeld(noteId) is not null;
        var isKnown = isHeld || transaction.Records.Find(noteId) is { Version: > 0 };
        if (content.IsDeleted && open is { Operation.Kind: OperationKind.Insert } && !isKnown)
        {
            // Created and deleted before the server ever heard of it: nothing to tell.
            transaction.Outbox.Remove(open.Sequence);
            if (!entries.Any(static entry => entry.IsSealed))
            {
                ServerRevisions.Drop(transaction, noteId);
                return;
            }

            open = null;
        }

        var kind = content.IsDeleted ? OperationKind.Delete : isKnown ? OperationKind.Update : OperationKind.Insert;
        var edits = 1 + refusedEdits + (open?.Operation.Edits ?? 0);
        var operation = new Operation(open?.Sequence ?? 0, noteId, kind, content, BaseVersion: 0, edits);
        var parkedCode = isHeld ? HeldForTheApp : null;
        if (open is null)
            transaction.Outbox.Add(new OutboxEntry(operation, now, ParkedCode: parkedCode, ParentId: parentId));
        else
            transaction.Outbox.Update(open with { Operation = operation, ParkedCode = parkedCode });
    }

    /// <summary>The batch to send next: the one that is still unanswered, else the most urgent and oldest operations under a new key. Null when nothing waits.</summary>
    /// <param name="transaction">The caller's.</param>
    /// <param name="limit">Operations of the batch.</param>
    /// <param name="newKey">Makes an idempotency key.</param>
    /// <param name="choice">Which operations may go into it; null for all.</param>
    public static OutboxBatch? NextBatch(IStoreTransaction transaction, int limit, Func<string> newKey, BatchChoice? choice = null)
    {
        choice ??= BatchChoice.All;
        if (transaction.Outbox.Sealed().Where(choice.Takes).ToArray() is [{ BatchKey: { } unanswered }, ..] batch)
            return new OutboxBatch(unanswered, [.. batch.Select(static entry => entry.Operation)]);
        var open = transaction.Outbox.Open(choice, limit);
        if (open.Count == 0)
            return null;
        var key = newKey();
        // In a batch the order is that of the edits.
        return new OutboxBatch(key, [.. open.OrderBy(static entry => entry.Sequence).Select(entry => Seal(transaction, entry with { Priority = choice.PriorityOf(entry) }, key))]);
    }

    /// <summary>Says how soon the queued edit of a record leaves and what it builds upon, which then leaves no later. A further edit makes it no later.</summary>
    /// <param name="transaction">The one that queued the edit.</param>
    /// <param name="noteId">The record.</param>
    /// <param name="priority">How soon.</param>
    /// <param name="parentId">What has to be at the server first; null for nothing more than is known.</param>
    public static void Prioritise(IStoreTransaction transaction, string noteId, OperationPriority priority, string? parentId)
    {
        foreach (var entry in transaction.Outbox.Of(noteId).Where(static entry => entry.IsOpen))
            transaction.Outbox.Update(entry with { Priority = entry.Priority < priority ? entry.Priority : priority, ParentId = parentId ?? entry.ParentId });
        var seen = new HashSet<string>(StringComparer.Ordinal) { noteId };
        for (var above = ParentOf(transaction, noteId); above is not null && seen.Add(above); above = ParentOf(transaction, above))
            foreach (var entry in transaction.Outbox.Of(above).Where(entry => entry.IsOpen && (entry.Priority is null || entry.Priority > priority)))
                transaction.Outbox.Update(entry with { Priority = priority });
    }

    private static string? ParentOf(IStoreTransaction transaction, string noteId) =>
        transaction.Outbox.Of(noteId).Select(static entry => entry.ParentId).FirstOrDefault(static parent => parent is not null);

    /// <summary>The operation of a record that has not been sent yet, parked ones included.</summary>
    public static Operation? FindOpen(IStoreTransaction transaction, string noteId) =>
        transaction.Outbox.Of(noteId).LastOrDefault(static entry => !entry.IsSealed)?.Operation;

    public static bool HasAny(IStoreTransaction transaction, string noteId) => transaction.Outbox.Of(noteId).Count > 0;

    /// <summary>An edit that was never sent lost a conflict.</summary>
    public static void DropOpen(IStoreTransaction transaction, string noteId)
    {
        foreach (var entry in transaction.Outbox.Of(noteId).Where(static entry => !entry.IsSealed))
            transaction.Outbox.Remove(entry.Sequence);
    }

    /// <summary>
    /// Keeps an operation back for good: it stays visible, counts apart and blocks nobody. Where a further edit waits already, that one replaces it and carries its edits, as it
    /// would have if it had come later.
    /// </summary>
    public static void Park(IStoreTransaction transaction, long sequence, string code)
    {
        if (transaction.Outbox.Find(sequence) is { } entry && !TryCarryOn(transaction, entry))
            transaction.Outbox.Update(entry with { ParkedCode = code, BatchKey = null });
    }

    /// <summary>The server has failed on an operation and served the rest; returns how often so far, 0 when it is not there any more.</summary>
    public static int Strike(IStoreTransaction transaction, long sequence)
    {
        if (transaction.Outbox.Find(sequence) is not { } entry)
            return 0;
        transaction.Outbox.Update(entry with { Strikes = entry.Strikes + 1 });
        return entry.Strikes + 1;
    }

    /// <summary>Keeps an operation back until the app has settled its conflict.</summary>
    public static void Hold(IStoreTransaction transaction, long sequence) => Park(transaction, sequence, HeldForTheApp);

    /// <summary>The app has settled a record's conflict: what was held waits to be sent.</summary>
    public static void Release(IStoreTransaction transaction, string noteId)
    {
        foreach (var entry in transaction.Outbox.Of(noteId).Where(static entry => entry is { ParkedCode: HeldForTheApp, IsSealed: false }))
            transaction.Outbox.Update(entry with { ParkedCode = null });
    }

    /// <summary>Takes a batch apart that was refused as a whole, so that its operations can be sent one by one.</summary>
    /// <param name="transaction">The caller's.</param>
    /// <param name="key">Of the batch; null for whatever is sealed.</param>
    public static void Unseal(IStoreTransaction transaction, string? key = null)
    {
        foreach (var entry in transaction.Outbox.Sealed().Where(entry => key is null || entry.BatchKey == key))
            SendAgain(transaction, entry);
    }

    /// <summary>Takes one operation out of its answered batch: it has to be sent again, with another content.</summary>
    public static void Reopen(IStoreTransaction transaction, long sequence)
    {
        if (transaction.Outbox.Find(sequence) is { } entry)
            SendAgain(transaction, entry);
    }

    /// <summary>
    /// Fixes an operation under its key, before its first attempt, with the version that it is based on. What the server knows by now cannot be inserted
    /// again, whatever the operation was when it was queued.
    /// </summary>
    private static Operation Seal(IStoreTransaction transaction, OutboxEntry entry, string key)
    {
        var version = transaction.Records.Find(entry.Operation.NoteId)?.Version ?? 0;
        var kind = entry.Operation.Kind == OperationKind.Insert && version > 0 ? OperationKind.Update : entry.Operation.Kind;
        var operation = entry.Operation with { Kind = kind, BaseVersion = version };
        transaction.Outbox.Update(entry with { Operation = operation, BatchKey = key });
        return operation;
    }

    /// <summary>A sealed operation waits again, or is carried by the newer one of its record, its edits with it: if that one loses, they are lost too.</summary>
    private static void SendAgain(IStoreTransaction transaction, OutboxEntry entry)
    {
        if (!TryCarryOn(transaction, entry))
            transaction.Outbox.Update(entry with { Operation = entry.Operation with { BaseVersion = 0 }, BatchKey = null });
    }

    /// <summary>An edit of the same record that waits takes an operation's edits over, and what it builds upon; false when none waits.</summary>
    private static bool TryCarryOn(IStoreTransaction transaction, OutboxEntry entry)
    {
        if (transaction.Outbox.Of(entry.Operation.NoteId).FirstOrDefault(other => other.IsOpen && other.Sequence != entry.Sequence) is not { } newer)
            return false;
        transaction.Outbox.Update(newer with
        {
            Operation = newer.Operation with { Edits = newer.Operation.Edits + entry.Operation.Edits }, ParentId = newer.ParentId ?? entry.ParentId,
        });
        transaction.Outbox.Remove(entry.Sequence);
        return true;
    }

    /// <summary>A further edit replaces what the server refused, and carries the edits in it: returns how many.</summary>
    private static int DropParked(IStoreTransaction transaction, IReadOnlyList<OutboxEntry> entries)
    {
        var edits = 0;
        foreach (var entry in entries.Where(static entry => entry.IsParked))
        {
            transaction.Outbox.Remove(entry.Sequence);
            edits += entry.Operation.Edits;
        }

        return edits;
    }
}
