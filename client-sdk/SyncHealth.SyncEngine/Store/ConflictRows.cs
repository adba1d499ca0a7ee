using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Reads and writes what is kept of conflicts: edits that lost, conflicts that wait for the app, and its decisions until they are reported.</summary>
internal static class ConflictRows
{
    /// <summary>Edits that lost, kept on the device so that a person can find them again.</summary>
    private const int LostEditsKept = 500;

    public static void KeepLost(Statements statements, ConflictNotice notice, Revision lost, DateTimeOffset at)
    {
        statements.Of<LocalDatabase>("RecordConflict")
            .Set("$note_id", notice.NoteId).Set("$kind", (int)notice.Kind).Set("$winner", (int)notice.Winner).Set("$discarded", notice.Discarded)
            .Set("$lost_title", lost.Title).Set("$lost_body", lost.Body).Set("$at", at.ToUnixTimeMilliseconds()).Run();
        statements.Of<LocalDatabase>("TrimConflicts").Set("$keep", LostEditsKept).Run();
    }

    public static void Hold(Statements statements, HeldConflict held) => statements.Of<LocalDatabase>("HoldConflict")
        .Set("$note_id", held.NoteId).Set("$kind", (int)held.Kind).Set("$title", held.Theirs.Title).Set("$body", held.Theirs.Body)
        .Set("$is_deleted", held.Theirs.IsDeleted).Set("$edited_at", held.Theirs.Edited.Millis).Set("$device", held.Theirs.Edited.Device)
        .Set("$version", held.Version).Set("$at", held.MetAt.ToUnixTimeMilliseconds()).Run();

    public static HeldConflict? FindHeld(Statements statements, string noteId) =>
        statements.Of<LocalDatabase>("FindConflict").Set("$note_id", noteId).First(Read);

    public static List<HeldConflict> AllHeld(Statements statements) => statements.Of<LocalDatabase>("WaitingConflicts").All(Read);

    public static void ForgetHeld(Statements statements, string noteId) =>
        statements.Of<LocalDatabase>("ForgetConflict").Set("$note_id", noteId).Run();

    public static void RecordDecision(Statements statements, ConflictNotice notice) => statements.Of<LocalDatabase>("RecordDecision")
        .Set("$note_id", notice.NoteId).Set("$kind", (int)notice.Kind).Set("$winner", (int)notice.Winner).Set("$discarded", notice.Discarded).Run();

    /// <summary>The app's decisions that no cycle has reported; the caller reports them.</summary>
    public static List<ConflictNotice> TakeDecisions(Statements statements)
    {
        var decisions = statements.Of<LocalDatabase>("Decisions").All(static row => new ConflictNotice(
            row.GetString(0), (ConflictKind)row.GetInt32(1), ConflictStrategy.Manual, (ConflictWinner)row.GetInt32(2), row.GetInt32(3)));
        if (decisions.Count > 0)
            statements.Of<LocalDatabase>("ForgetDecisions").Run();
        return decisions;
    }

    private static HeldConflict Read(SqliteDataReader row) => new(
        row.GetString(0),
        (ConflictKind)row.GetInt32(1),
        new Revision(row.GetString(2), row.GetString(3), row.GetBoolean(4), new Stamp(row.GetInt64(5), row.GetString(6))),
        row.GetInt64(7),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));
}
