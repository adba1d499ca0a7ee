using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// The records of one entity with a title and a body, as notes have them: customers, jobs, tasks. Reads come from the local database; an edit and its
/// outbox row are one transaction. A record may build upon another, which then reaches the server first.
/// </summary>
public sealed class RecordRepository
{
    private readonly LocalDatabase _database;
    private readonly string _entity;
    private readonly EngineOptions _options;
    private readonly Random _random;
    private readonly Action<OperationPriority> _edited;

    internal RecordRepository(LocalDatabase database, string entity, EngineOptions options, Random random, Action<OperationPriority> edited) =>
        (_database, _entity, _options, _random, _edited) = (database, entity, options, random, edited);

    /// <summary>One record, or null when it does not exist or is deleted.</summary>
    public Note? Find(string id) => _database.Read(statements => Present(statements, id));

    /// <summary>The newest records.</summary>
    public IReadOnlyList<Note> List(int limit = 100, int offset = 0) => _database.Read(statements =>
        statements.Of<LocalDatabase>("ListNotes").Set("$entity", _entity).Set("$limit", limit).Set("$offset", offset).All(NoteRows.Read));

    /// <summary>Adds a record.</summary>
    /// <param name="title">Title.</param>
    /// <param name="body">Body.</param>
    /// <param name="parentId">The record that it builds upon: as long as an edit of that one waits, or was refused, this one is not sent.</param>
    /// <param name="priority">How soon it leaves; null for what <see cref="EngineOptions.Priorities"/> says. What it builds upon leaves no later.</param>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public Note Create(string title, string body, string? parentId = null, OperationPriority? priority = null)
    {
        NotesRepository.Check(title, body);
        return Edit(priority, parentId, statements =>
        {
            var stamp = NextStamp(statements, after: 0);
            var id = _entity == EntityNames.Note ? RecordId.New(stamp.Millis, _random) : RecordId.New(_entity, stamp.Millis, _random);
            return (id, new Revision(title, body, IsDeleted: false, stamp));
        })!;
    }

    /// <summary>Changes a record; null when it does not exist or is deleted.</summary>
    /// <param name="id">The record.</param>
    /// <param name="title">Title.</param>
    /// <param name="body">Body.</param>
    /// <param name="priority">How soon it leaves; null for what <see cref="EngineOptions.Priorities"/> says. No later than an edit of it that waits already.</param>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public Note? Update(string id, string title, string body, OperationPriority? priority = null)
    {
        NotesRepository.Check(title, body);
        return Edit(priority, parentId: null, statements => Present(statements, id) is { } record
            ? (id, new Revision(title, body, IsDeleted: false, NextStamp(statements, record.Content.Edited.Millis)))
            : null);
    }

    /// <summary>Deletes a record; false when it does not exist or is deleted already.</summary>
    public bool Delete(string id) => Edit(priority: null, parentId: null, statements => Present(statements, id) is { } record
        ? (id, record.Content with { IsDeleted = true, Edited = NextStamp(statements, record.Content.Edited.Millis) })
        : null) is not null;

    private Note? Edit(OperationPriority? priority, string? parentId, Func<Statements, (string Id, Revision Content)?> edit)
    {
        var wanted = priority ?? _options.PriorityOf(_entity);
        var record = _database.Write(statements =>
        {
            if (edit(statements) is not { } edited)
                return null;
            // An edit that replaces what the server has refused builds upon the same record.
            var parent = parentId ?? OutboxQueue.ParentOf(statements, edited.Id);
            var stored = RecordEdits.Store(statements, edited.Id, edited.Content, _options.TimeProvider.GetUtcNow());
            OutboxQueue.Prioritise(statements, edited.Id, wanted, parent);
            return stored;
        });
        if (record is not null)
            _edited(wanted);
        return record;
    }

    private Note? Present(Statements statements, string id) =>
        RecordId.EntityOf(id) == _entity && NoteRows.Find(statements, id) is { Content.IsDeleted: false } record ? record : null;

    private Stamp NextStamp(Statements statements, long after) => NoteRows.NextStamp(statements, _options.Device, _options.TimeProvider.GetUtcNow(), after);
}
