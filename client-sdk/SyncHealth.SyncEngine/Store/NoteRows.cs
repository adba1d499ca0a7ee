using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Reads and writes rows of the table <c>note</c>.</summary>
internal static class NoteRows
{
    public static Note Read(SqliteDataReader row) => new(
        row.GetString(0),
        new Revision(row.GetString(1), row.GetString(2), row.GetBoolean(5), new Stamp(row.GetInt64(3), row.GetString(4))),
        row.GetInt64(6),
        row.GetBoolean(7));

    public static Note? Find(Statements statements, string id) =>
        statements.Of<LocalDatabase>("FindNote").Set("$id", id).First(Read);

    /// <summary>What a delta by version map tells the server.</summary>
    public static IReadOnlyDictionary<string, long> KnownVersions(Statements statements) => new Dictionary<string, long>(
        statements.Of<LocalDatabase>("KnownVersions").All(static row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))), StringComparer.Ordinal);

    public static void Put(Statements statements, string id, Revision content) =>
        Content(statements.Of<LocalDatabase>("AddNote"), id, content).Set("$is_deleted", content.IsDeleted).Run();

    /// <summary>The stamp of an edit made now: later than any stamp given out before, and than the edit that it is based on.</summary>
    /// <param name="statements">Of the edit's transaction.</param>
    /// <param name="device">This device.</param>
    /// <param name="now">By this device's clock.</param>
    /// <param name="after">Milliseconds since 1970 of the edit that it is based on; 0 for none.</param>
    public static Stamp NextStamp(Statements statements, string device, DateTimeOffset now, long after) =>
        new(statements.Of<LocalDatabase>("NextStamp").Set("$now", now.ToUnixTimeMilliseconds()).Set("$after", after).Scalar(), device);

    /// <summary>
    /// The server has taken an edit, but put it at an earlier time: it bounds how far a clock may be ahead. When the clock here is right again, stamps
    /// follow it, instead of what it gave out while it was wrong.
    /// </summary>
    public static void BoundStamp(Statements statements, long editedAt) =>
        statements.Of<LocalDatabase>("BoundStamp").Set("$edited_at", editedAt).Run();

    /// <summary>Takes the server's revision over; a deleted note leaves this device.</summary>
    public static void TakeRemote(Statements statements, string id, Revision content, long version)
    {
        if (content.IsDeleted)
        {
            Drop(statements, id);
            return;
        }

        BaseRows.Forget(statements, id);
        Content(statements.Of<LocalDatabase>("TakeRemote"), id, content).Set("$version", version).Run();
    }

    /// <summary>Keeps the local content, which waits to be sent, and remembers what the server has.</summary>
    public static void MarkSeen(Statements statements, string id, long version, Revision server)
    {
        BaseRows.Put(statements, id, server);
        statements.Of<LocalDatabase>("MarkSeen").Set("$id", id).Set("$version", version).Set("$edited_at", null).Run();
    }

    /// <summary>The server has exactly the local content.</summary>
    /// <param name="statements">Of the answer's transaction.</param>
    /// <param name="id">The note.</param>
    /// <param name="version">The server's version.</param>
    /// <param name="editedAt">The stamp that the server stored, in milliseconds since 1970.</param>
    public static void MarkConfirmed(Statements statements, string id, long version, long editedAt)
    {
        BaseRows.Forget(statements, id);
        statements.Of<LocalDatabase>("MarkSeen").Set("$id", id).Set("$version", version).Set("$edited_at", editedAt).Run();
    }

    public static void Drop(Statements statements, string id)
    {
        BaseRows.Forget(statements, id);
        statements.Of<LocalDatabase>("DropNote").Set("$id", id).Run();
    }

    private static Statement Content(Statement statement, string id, Revision content) => statement
        .Set("$id", id).Set("$title", content.Title).Set("$body", content.Body)
        .Set("$edited_at", content.Edited.Millis).Set("$device", content.Edited.Device);
}
