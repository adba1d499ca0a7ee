using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>Rows of the tables <c>note</c> and <c>base</c>.</summary>
internal sealed class SqliteRecords(Statements statements) : IRecordCollection
{
    public Note? Find(string id) => statements.Of("FindNote").Set("$id", id).First(Read);

    public IReadOnlyList<Note> List(string entity, int limit, int offset) =>
        statements.Of("ListNotes").Set("$entity", entity).Set("$limit", limit).Set("$offset", offset).All(Read);

    public int Count(string entity) => (int)statements.Of("CountNotes").Set("$entity", entity).Scalar();

    public IReadOnlyDictionary<string, long> KnownVersions() => new Dictionary<string, long>(
        statements.Of("KnownVersions").All(static row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))), StringComparer.Ordinal);

    public void Edit(string id, Revision content) => Bind("EditNote", id, content).Set("$is_deleted", content.IsDeleted).Run();

    public void Take(string id, Revision content, long version) => Bind("TakeNote", id, content).Set("$version", version).Run();

    public bool TakeNew(string id, Revision content, long version) => statements.Repeated("TakeNewNote")
        .Set(1, id).Set(2, content.Title).Set(3, content.Body).Set(4, content.Edited.Millis).Set(5, content.Edited.Device).Set(6, version).Run() > 0;

    public void MarkSeen(string id, long version, long? editedAt = null) =>
        statements.Of("MarkSeen").Set("$id", id).Set("$version", version).Set("$edited_at", editedAt).Run();

    public void Remove(string id) => statements.Of("RemoveNote").Set("$id", id).Run();

    public int Sweep() => statements.Of("SweepNotes").Run();

    public Revision? FindOrigin(string id) => statements.Of("FindBase").Set("$id", id).First(static row =>
        new Revision(row.GetString(0), row.GetString(1), row.GetBoolean(2), new Stamp(row.GetInt64(3), row.GetString(4))));

    public void PutOrigin(string id, Revision content) => Bind("PutBase", id, content).Set("$is_deleted", content.IsDeleted).Run();

    public void RemoveOrigin(string id) => statements.Of("RemoveBase").Set("$id", id).Run();

    private Statement Bind(string name, string id, Revision content) => statements.Of(name)
        .Set("$id", id).Set("$title", content.Title).Set("$body", content.Body)
        .Set("$edited_at", content.Edited.Millis).Set("$device", content.Edited.Device);

    private static Note Read(SqliteDataReader row) => new(
        row.GetString(0),
        new Revision(row.GetString(1), row.GetString(2), row.GetBoolean(5), new Stamp(row.GetInt64(3), row.GetString(4))),
        row.GetInt64(6),
        row.GetBoolean(7));
}
