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

    public static void Put(Statements statements, string id, Revision content) =>
        Content(statements.Of<LocalDatabase>("AddNote"), id, content).Set("$is_deleted", content.IsDeleted).Run();

    /// <summary>Takes the server's revision over; a deleted note leaves this device.</summary>
    public static void TakeRemote(Statements statements, string id, Revision content, long version)
    {
        if (content.IsDeleted)
            Drop(statements, id);
        else
            Content(statements.Of<LocalDatabase>("TakeRemote"), id, content).Set("$version", version).Run();
    }

    /// <summary>Keeps the local content and remembers that the server is at <paramref name="version"/>.</summary>
    public static void MarkSeen(Statements statements, string id, long version, long? editedAt = null) =>
        statements.Of<LocalDatabase>("MarkSeen").Set("$id", id).Set("$version", version).Set("$edited_at", editedAt).Run();

    public static void Drop(Statements statements, string id) =>
        statements.Of<LocalDatabase>("DropNote").Set("$id", id).Run();

    private static Statement Content(Statement statement, string id, Revision content) => statement
        .Set("$id", id).Set("$title", content.Title).Set("$body", content.Body)
        .Set("$edited_at", content.Edited.Millis).Set("$device", content.Edited.Device);
}
