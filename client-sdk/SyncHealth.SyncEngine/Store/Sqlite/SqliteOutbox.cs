using System.Globalization;
using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>Rows of the table <c>outbox</c>. Whatever stands there was edited on this device, so the row does not name it.</summary>
internal sealed class SqliteOutbox(Statements statements, string device) : IOutboxCollection
{
    public IReadOnlyList<OutboxEntry> Of(string noteId) => statements.Of("OperationsOf").Set("$note_id", noteId).All(Read);

    public OutboxEntry? Find(long sequence) => statements.Of("FindOperation").Set("$sequence", sequence).First(Read);

    public IReadOnlyList<OutboxEntry> Open(BatchChoice choice, int limit) => statements.Of("OpenOperations")
        .Set("$highest", (int)choice.Highest).Set("$lowest", (int)choice.Lowest).Set("$priorities", PrioritiesOf(choice))
        .Set("$passed_over", $"[{string.Join(',', choice.PassedOver)}]").Set("$limit", limit).All(Read);

    public HeldBack HeldBack(BatchChoice choice) =>
        statements.Of("HeldBack").Set("$priorities", PrioritiesOf(choice)).First(static row => new HeldBack(row.GetInt32(0), row.GetInt32(1)))!;

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
        .Set("$strikes", entry.Strikes).Set("$priority", (int?)entry.Priority).Set("$parent_id", entry.ParentId);

    /// <summary>As a JSON object; names of entities need no escaping.</summary>
    private static string PrioritiesOf(BatchChoice choice) =>
        "{" + string.Join(',', choice.Priorities.Select(static item => string.Create(CultureInfo.InvariantCulture, $"\"{item.Key}\":{(int)item.Value}"))) + "}";

    private OutboxEntry Read(SqliteDataReader row)
    {
        var kind = (OperationKind)row.GetInt32(2);
        var content = new Revision(row.GetString(3), row.GetString(4), kind == OperationKind.Delete, new Stamp(row.GetInt64(5), device));
        return new OutboxEntry(
            new Operation(row.GetInt64(0), row.GetString(1), kind, content, row.GetInt64(6), row.GetInt32(7)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
            row.IsDBNull(9) ? null : row.GetString(9),
            row.IsDBNull(10) ? null : row.GetString(10),
            row.GetInt32(11),
            row.IsDBNull(12) ? null : (OperationPriority)row.GetInt32(12),
            row.IsDBNull(13) ? null : row.GetString(13));
    }
}
