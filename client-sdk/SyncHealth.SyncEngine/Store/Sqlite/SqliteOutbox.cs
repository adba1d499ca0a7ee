using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>Rows of the table <c>outbox</c>. Whatever stands there was edited on this device, so the row does not name it.</summary>
internal sealed class SqliteOutbox(Statements statements, string device) : IOutboxCollection
{
    public IReadOnlyList<OutboxEntry> Of(string noteId) => statements.Of("OperationsOf").Set("$note_id", noteId).All(Read);

    public OutboxEntry? Find(long sequence) => statements.Of("FindOperation").Set("$sequence", sequence).First(Read);

    public IReadOnlyList<OutboxEntry> Open(int limit, long beyond) =>
        statements.Of("OpenOperations").Set("$limit", limit).Set("$beyond", beyond).All(Read);

    public IReadOnlyList<OutboxEntry> Sealed() => statements.Of("SealedOperations").All(Read);

    public OutboxDepth Depth() => statements.Of("OutboxDepth").First(static row => new OutboxDepth(
        row.GetInt32(0),
        row.GetInt32(1),
        row.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))))!;

    public IReadOnlyList<string> Entities() => statements.Of("OutboxEntities").All(static row => row.GetString(0));

    public long Add(OutboxEntry entry) => Bind("AddOperation", entry).Set("$queued_at", entry.QueuedAt.ToUnixTimeMilliseconds()).Add();

    public void Update(OutboxEntry entry) => Bind("UpdateOperation", entry).Set("$sequence", entry.Sequence).Run();

    public void Remove(long sequence) => statements.Of("RemoveOperation").Set("$sequence", sequence).Run();

    private Statement Bind(string name, OutboxEntry entry) => statements.Of(name)
        .Set("$note_id", entry.Operation.NoteId).Set("$kind", (int)entry.Operation.Kind).Set("$edits", entry.Operation.Edits)
        .Set("$title", entry.Operation.Content.Title).Set("$body", entry.Operation.Content.Body).Set("$edited_at", entry.Operation.Content.Edited.Millis)
        .Set("$base_version", entry.Operation.BaseVersion).Set("$batch_key", entry.BatchKey).Set("$parked_code", entry.ParkedCode)
        .Set("$strikes", entry.Strikes);

    private OutboxEntry Read(SqliteDataReader row)
    {
        var kind = (OperationKind)row.GetInt32(2);
        var content = new Revision(row.GetString(3), row.GetString(4), kind == OperationKind.Delete, new Stamp(row.GetInt64(5), device));
        return new OutboxEntry(
            new Operation(row.GetInt64(0), row.GetString(1), kind, content, row.GetInt64(6), row.GetInt32(7)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
            row.IsDBNull(9) ? null : row.GetString(9),
            row.IsDBNull(10) ? null : row.GetString(10),
            row.GetInt32(11));
    }
}
