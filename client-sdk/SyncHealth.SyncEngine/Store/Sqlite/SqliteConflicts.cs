using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>Rows of the tables <c>conflict</c>, <c>waiting_conflict</c> and <c>decision</c>.</summary>
internal sealed class SqliteConflicts(Statements statements) : IConflictCollection
{
    public void Add(SettledConflict conflict) => statements.Of("AddConflict")
        .Set("$note_id", conflict.NoteId).Set("$kind", (int)conflict.Kind).Set("$winner", (int)conflict.Winner).Set("$discarded", conflict.Discarded)
        .Set("$lost_title", conflict.Title).Set("$lost_body", conflict.Body).Set("$at", conflict.At.ToUnixTimeMilliseconds()).Run();

    public IReadOnlyList<SettledConflict> Newest(int limit, bool isLossOnly = false) =>
        statements.Of("ListConflicts").Set("$limit", limit).Set("$least", isLossOnly ? 1 : 0).All(static row => new SettledConflict(
            row.GetInt64(0), row.GetString(1), (ConflictKind)row.GetInt32(2), (ConflictWinner)row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.GetString(6),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7))));

    public void Trim(int keep) => statements.Of("TrimConflicts").Set("$keep", keep).Run();

    public HeldConflict? FindHeld(string noteId) => statements.Of("FindWaitingConflict").Set("$note_id", noteId).First(ReadHeld);

    public IReadOnlyList<HeldConflict> Held() => statements.Of("WaitingConflicts").All(ReadHeld);

    public void PutHeld(HeldConflict held) => statements.Of("PutWaitingConflict")
        .Set("$note_id", held.NoteId).Set("$kind", (int)held.Kind).Set("$title", held.Theirs.Title).Set("$body", held.Theirs.Body)
        .Set("$is_deleted", held.Theirs.IsDeleted).Set("$edited_at", held.Theirs.Edited.Millis).Set("$device", held.Theirs.Edited.Device)
        .Set("$version", held.Version).Set("$at", held.MetAt.ToUnixTimeMilliseconds()).Run();

    public void RemoveHeld(string noteId) => statements.Of("RemoveWaitingConflict").Set("$note_id", noteId).Run();

    public void AddDecision(ConflictNotice decision) => statements.Of("AddDecision")
        .Set("$note_id", decision.NoteId).Set("$kind", (int)decision.Kind).Set("$winner", (int)decision.Winner).Set("$discarded", decision.Discarded).Run();

    public IReadOnlyList<ConflictNotice> TakeDecisions()
    {
        var decisions = statements.Of("Decisions").All(static row => new ConflictNotice(
            row.GetString(0), (ConflictKind)row.GetInt32(1), ConflictStrategy.Manual, (ConflictWinner)row.GetInt32(2), row.GetInt32(3)));
        if (decisions.Count > 0)
            statements.Of("ForgetDecisions").Run();
        return decisions;
    }

    private static HeldConflict ReadHeld(SqliteDataReader row) => new(
        row.GetString(0),
        (ConflictKind)row.GetInt32(1),
        new Revision(row.GetString(2), row.GetString(3), row.GetBoolean(4), new Stamp(row.GetInt64(5), row.GetString(6))),
        row.GetInt64(7),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)));
}
