using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// The records of one entity with a title and a body, as notes have them: customers, jobs, tasks. Reads come from the local database; an edit and its
/// outbox row are one transaction. A record may build upon another, which then reaches the server first.
/// </summary>
public sealed class RecordRepository
{
    private readonly ILocalStore _store;
    private readonly string _entity;
    private readonly EngineOptions _options;
    private readonly Random _random;
    private readonly Action<OperationPriority> _edited;

    internal RecordRepository(ILocalStore store, string entity, EngineOptions options, Random random, Action<OperationPriority> edited) =>
        (_store, _entity, _options, _random, _edited) = (store, entity, options, random, edited);

    /// <summary>One record, or null when it does not exist or is deleted.</summary>
    public Note? Find(string id) => _store.Read(transaction => Present(transaction, id));

    /// <summary>The newest records.</summary>
    public IReadOnlyList<Note> List(int limit = 100, int offset = 0) => _store.Read(transaction => transaction.Records.List(_entity, limit, offset));

    /// <summary>Adds a record.</summary>
    /// <param name="title">Title.</param>
    /// <param name="body">Body.</param>
    /// <param name="parentId">The record that it builds upon: as long as an edit of that one waits, or was refused, this one is not sent.</param>
    /// <param name="priority">How soon it leaves; null for what <see cref="EngineOptions.Priorities"/> says. What it builds upon leaves no later.</param>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public Note Create(string title, string body, string? parentId = null, OperationPriority? priority = null)
    {
        NotesRepository.Check(title, body);
        return Edit(priority, parentId, transaction =>
        {
            var stamp = NextStamp(transaction, after: 0);
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
        return Edit(priority, parentId: null, transaction => Present(transaction, id) is { } record
            ? (id, new Revision(title, body, IsDeleted: false, NextStamp(transaction, record.Content.Edited.Millis)))
            : null);
    }

    /// <summary>Deletes a record; false when it does not exist or is deleted already.</summary>
    public bool Delete(string id) => Edit(priority: null, parentId: null, transaction => Present(transaction, id) is { } record
        ? (id, record.Content with { IsDeleted = true, Edited = NextStamp(transaction, record.Content.Edited.Millis) })
        : null) is not null;

    private Note? Edit(OperationPriority? priority, string? parentId, Func<IStoreTransaction, (string Id, Revision Content)?> edit)
    {
        var wanted = priority ?? _options.PriorityOf(_entity);
        var record = _store.Write(transaction =>
        {
            if (edit(transaction) is not { } edited)
                return null;
            var stored = RecordEdits.Store(transaction, edited.Id, edited.Content, _options.TimeProvider.GetUtcNow());
            OutboxQueue.Prioritise(transaction, edited.Id, wanted, parentId);
            return stored;
        });
        if (record is not null)
            _edited(wanted);
        return record;
    }

    private Note? Present(IStoreTransaction transaction, string id) =>
        RecordId.EntityOf(id) == _entity && transaction.Records.Find(id) is { Content.IsDeleted: false } record ? record : null;

    private Stamp NextStamp(IStoreTransaction transaction, long after) => EditClock.Next(transaction, _options.Device, _options.TimeProvider.GetUtcNow(), after);
}
