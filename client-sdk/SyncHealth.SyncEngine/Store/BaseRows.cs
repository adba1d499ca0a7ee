using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// Reads and writes rows of the table <c>base</c>: what the server had of a note when the edits that wait here began. Kept only as long as edits wait;
/// a merge of three needs it.
/// </summary>
internal static class BaseRows
{
    public static Revision? Find(Statements statements, string id) => statements.Of<LocalDatabase>("FindBase").Set("$id", id).First(static row =>
        new Revision(row.GetString(0), row.GetString(1), row.GetBoolean(2), new Stamp(row.GetInt64(3), row.GetString(4))));

    /// <summary>Before the first edit of a note that the server knows: keeps its content of now.</summary>
    public static void Keep(Statements statements, string id) => statements.Of<LocalDatabase>("KeepBase").Set("$id", id).Run();

    public static void Put(Statements statements, string id, Revision content) => statements.Of<LocalDatabase>("PutBase")
        .Set("$id", id).Set("$title", content.Title).Set("$body", content.Body).Set("$is_deleted", content.IsDeleted)
        .Set("$edited_at", content.Edited.Millis).Set("$device", content.Edited.Device).Run();

    public static void Forget(Statements statements, string id) => statements.Of<LocalDatabase>("ForgetBase").Set("$id", id).Run();
}
