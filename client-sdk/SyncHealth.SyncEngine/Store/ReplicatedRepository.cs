using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Conflicts.Text;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// The records of one entity whose body is a replicated state: counters, sets, registers, texts. As with notes, reads come from the local database, and a
/// change and its outbox row are one transaction.
/// </summary>
/// <typeparam name="T">The state of a record.</typeparam>
public sealed class ReplicatedRepository<T>
    where T : class, IReplicated<T>
{
    private readonly ILocalStore _store;
    private readonly string _entity;
    private readonly string _device;
    private readonly TextAgent _agent;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Action _edited;

    internal ReplicatedRepository(ILocalStore store, string entity, EngineOptions options, TextAgent agent, Random random, Action edited)
    {
        (_store, _entity, _device, _time) = (store, entity, options.Device, options.TimeProvider);
        (_agent, _random, _edited) = (agent, random, edited);
    }

    /// <summary>One state, or null when there is none, or it is deleted or cannot be read.</summary>
    public T? Find(string id) =>
        _store.Read(transaction => transaction.Records.Find(id)) is { Content.IsDeleted: false } record && IsMine(id) && RecordState.TryRead<T>(record.Content, out var state)
            ? state
            : null;

    /// <summary>Ids of the records, those changed last first.</summary>
    public IReadOnlyList<string> List(int limit = 100, int offset = 0) => 
        [.. _store.Read(transaction => transaction.Records.List(_entity, limit, offset)).Select(static record => record.Id)];

    /// <summary>Adds a record; returns its id.</summary>
    /// <exception cref="ArgumentException">The state is too large to be synced.</exception>
    public string Create(Func<T, Here, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var id = _store.Write(transaction =>
        {
            var now = _time.GetUtcNow();
            var stamp = EditClock.Next(transaction, _device, now, after: 0);
            var created = RecordId.New(_entity, stamp.Millis, _random);
            Store(transaction, created, change(T.Empty, new Here(_device, _agent, now)), stamp, now);
            return created;
        });
        _edited();
        return id;
    }

    /// <summary>Changes a record; the state after it, or null when there is none, or it is deleted or cannot be read.</summary>
    /// <param name="id">The record.</param>
    /// <param name="change">Makes the new state of the present one; runs inside the transaction and must not wait.</param>
    /// <exception cref="ArgumentException">The state is too large to be synced; nothing is stored.</exception>
    public T? Change(string id, Func<T, Here, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = _store.Write(transaction =>
        {
            if (!IsMine(id) || transaction.Records.Find(id) is not { Content.IsDeleted: false } record || !RecordState.TryRead<T>(record.Content, out var state))
                return null;
            var now = _time.GetUtcNow();
            var next = change(state, new Here(_device, _agent, now));
            Store(transaction, id, next, EditClock.Next(transaction, _device, now, record.Content.Edited.Millis), now);
            return next;
        });
        if (changed is not null)
            _edited();
        return changed;
    }

    /// <summary>Deletes a record; false when there is none or it is deleted already. A change that has not seen this brings the record back.</summary>
    public bool Delete(string id)
    {
        var isDeleted = _store.Write(transaction =>
        {
            if (!IsMine(id) || transaction.Records.Find(id) is not { Content.IsDeleted: false } record)
                return false;
            var now = _time.GetUtcNow();
            var stamp = EditClock.Next(transaction, _device, now, record.Content.Edited.Millis);
            RecordEdits.Store(transaction, id, record.Content with { IsDeleted = true, Edited = stamp }, now);
            return true;
        });
        if (isDeleted)
            _edited();
        return isDeleted;
    }

    private bool IsMine(string id) => RecordId.EntityOf(id) == _entity;

    private static void Store(IStoreTransaction transaction, string id, T state, Stamp stamp, DateTimeOffset now)
    {
        var body = state.Encode();
        NotesRepository.Check("", body);
        RecordEdits.Store(transaction, id, new Revision("", body, IsDeleted: false, stamp), now);
    }
}
