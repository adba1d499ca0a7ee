using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Outbox;

/// <summary>The durable queue of local changes. All of it runs inside the transaction of the caller.</summary>
internal static class OutboxQueue
{
    /// <summary>Why an operation is parked whose conflict the app has to settle; <c>Release.sql</c> knows it too.</summary>
    private const string HeldForTheApp = "conflict";

    /// <summary>Queues an edit in the transaction that stores it; edits of a note that has not been sent yet fold into one operation.</summary>
    public static void Enqueue(Statements statements, string noteId, Revision content, DateTimeOffset now)
    {
        var refused = statements.Of<Operation>("RefusedEdits").Set("$note_id", noteId).Scalar();
        statements.Of<Operation>("DropParked").Set("$note_id", noteId).Run();
        var isHeld = ConflictRows.FindHeld(statements, noteId) is not null;
        var known = isHeld || NoteRows.Find(statements, noteId) is { Version: > 0 };
        var open = FindOpen(statements, noteId);
        if (content.IsDeleted && open is { Kind: OperationKind.Insert } && !known)
        {
            // Created and deleted before the server ever heard of it: nothing to tell.
            DropOpen(statements, noteId);
            if (!HasAny(statements, noteId))
            {
                NoteRows.Drop(statements, noteId);
                return;
            }

            open = null;
        }

        var kind = content.IsDeleted ? OperationKind.Delete : known ? OperationKind.Update : OperationKind.Insert;
        var statement = open is null
            ? statements.Of<Operation>("Append").Set("$queued_at", now.ToUnixTimeMilliseconds())
            : statements.Of<Operation>("Fold");
        statement.Set("$note_id", noteId).Set("$kind", (int)kind).Set("$edits", 1 + refused)
            .Set("$title", content.Title).Set("$body", content.Body).Set("$edited_at", content.Edited.Millis).Run();
        if (isHeld && FindOpen(statements, noteId) is { } held)
            Hold(statements, held.Sequence);
    }

    /// <summary>The batch to send next: the one that is still unanswered, else the most urgent and oldest operations under a new key. Null when nothing waits.</summary>
    /// <param name="statements">Of the caller's transaction.</param>
    /// <param name="device">This device.</param>
    /// <param name="limit">Operations of the batch.</param>
    /// <param name="newKey">Makes an idempotency key.</param>
    /// <param name="choice">Which operations may go into it; null for all.</param>
    public static OutboxBatch? NextBatch(Statements statements, string device, int limit, Func<string> newKey, BatchChoice? choice = null)
    {
        choice ??= BatchChoice.All;
        if (ReadSealed(statements, device, choice) is { } unanswered)
            return unanswered;
        return Range(statements.Of<Operation>("Seal"), choice).Set("$key", newKey()).Set("$limit", limit)
            .Set("$priorities", choice.Priorities).Set("$passed_over", $"[{string.Join(',', choice.PassedOver)}]").Run() > 0
            ? ReadSealed(statements, device, choice)
            : null;
    }

    /// <summary>Says how soon the queued edit of a record leaves and what it builds upon, which then leaves no later.</summary>
    /// <param name="statements">Of the transaction that queued the edit.</param>
    /// <param name="noteId">The record.</param>
    /// <param name="priority">How soon.</param>
    /// <param name="parentId">What has to be at the server first; null for nothing more than is known.</param>
    public static void Prioritise(Statements statements, string noteId, OperationPriority priority, string? parentId)
    {
        statements.Of<Operation>("Prioritise").Set("$note_id", noteId).Set("$priority", (int)priority).Set("$parent_id", parentId).Run();
        statements.Of<Operation>("RaiseParents").Set("$note_id", noteId).Set("$priority", (int)priority).Run();
    }

    /// <summary>What the waiting operations of a record build upon; null for nothing.</summary>
    public static string? ParentOf(Statements statements, string noteId) =>
        statements.Of<Operation>("ParentOf").Set("$note_id", noteId).First(static row => row.GetString(0));

    /// <summary>What waits and may not leave, or not yet.</summary>
    /// <param name="statements">Of the caller's transaction.</param>
    /// <param name="priorities">Of entities, as a JSON object.</param>
    public static HeldBack CountHeldBack(Statements statements, string priorities) =>
        statements.Of<Operation>("HeldBack").Set("$priorities", priorities).First(static row => new HeldBack(row.GetInt32(0), row.GetInt32(1)))!;

    /// <summary>The operation of a note that can still take edits, or the parked one.</summary>
    public static Operation? FindOpen(Statements statements, string noteId) =>
        statements.Of<Operation>("OpenOperation").Set("$note_id", noteId).First(row => ReadOperation(row, device: ""));

    public static bool HasAny(Statements statements, string noteId) =>
        statements.Of<Operation>("Has").Set("$note_id", noteId).Scalar() != 0;

    public static void Drop(Statements statements, long sequence) =>
        statements.Of<Operation>("Drop").Set("$sequence", sequence).Run();

    public static void DropOpen(Statements statements, string noteId) =>
        statements.Of<Operation>("DropOpen").Set("$note_id", noteId).Run();

    public static void Park(Statements statements, long sequence, string code) =>
        statements.Of<Operation>("Park").Set("$sequence", sequence).Set("$code", code).Run();

    /// <summary>The server has failed on an operation and served the rest; returns how often so far, 0 when it is not there any more.</summary>
    public static int Strike(Statements statements, long sequence) =>
        statements.Of<Operation>("Strike").Set("$sequence", sequence).First(static row => row.GetInt32(0));

    /// <summary>Keeps an operation back until the app has settled its conflict.</summary>
    public static void Hold(Statements statements, long sequence) => Park(statements, sequence, HeldForTheApp);

    /// <summary>The app has settled a note's conflict: what was held waits to be sent.</summary>
    public static void Release(Statements statements, string noteId) =>
        statements.Of<Operation>("Release").Set("$note_id", noteId).Run();

    /// <summary>Ids of what waits, one of each entity.</summary>
    public static List<string> OneOfEachEntity(Statements statements) =>
        statements.Of<Operation>("OneOfEachEntity").All(static row => row.GetString(0));

    /// <summary>Takes a batch apart that was refused as a whole, so that its operations can be sent one by one.</summary>
    /// <param name="statements">Of the caller's transaction.</param>
    /// <param name="key">Of the batch; null for whatever is sealed.</param>
    public static void Unseal(Statements statements, string? key = null)
    {
        statements.Of<Operation>("CarrySealedTwins").Set("$key", key).Run();
        statements.Of<Operation>("ForgetSealedTwins").Set("$key", key).Run();
        statements.Of<Operation>("Unseal").Set("$key", key).Run();
    }

    /// <summary>Takes one operation out of its answered batch: it waits again, or is carried by the newer one of its note, its edits with it.</summary>
    public static void Reopen(Statements statements, long sequence)
    {
        if (statements.Of<Operation>("Reopen").Set("$sequence", sequence).Run() > 0)
            return;
        statements.Of<Operation>("CarryEdits").Set("$sequence", sequence).Run();
        Drop(statements, sequence);
    }

    public static OutboxDepth Depth(Statements statements) => statements.Of<Operation>("Depth").First(row => new OutboxDepth(
        row.GetInt32(0),
        row.GetInt32(1),
        row.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))))!;

    private static OutboxBatch? ReadSealed(Statements statements, string device, BatchChoice choice)
    {
        var key = "";
        var operations = Range(statements.Of<Operation>("Sealed"), choice).All(row =>
        {
            key = row.GetString(8);
            return ReadOperation(row, device);
        });
        return operations.Count == 0 ? null : new OutboxBatch(key, operations);
    }

    private static Statement Range(Statement statement, BatchChoice choice) =>
        statement.Set("$highest", (int)choice.Highest).Set("$lowest", (int)choice.Lowest);

    private static Operation ReadOperation(SqliteDataReader row, string device)
    {
        var kind = (OperationKind)row.GetInt32(2);
        var content = new Revision(row.GetString(3), row.GetString(4), kind == OperationKind.Delete, new Stamp(row.GetInt64(5), device));
        return new Operation(row.GetInt64(0), row.GetString(1), kind, content, row.GetInt64(6), row.GetInt32(7));
    }
}
