using System.Collections.Immutable;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>Records by id, with an index of each entity's by recency, and their origins.</summary>
internal sealed class InMemoryRecords : IRecordCollection
{
    private readonly InMemoryTransaction _transaction;
    private ImmutableDictionary<string, StoredRecord> _records;
    private ImmutableDictionary<string, ImmutableSortedSet<Recency>> _newest;
    private ImmutableDictionary<string, Revision> _origins;

    public InMemoryRecords(InMemoryTransaction transaction)
    {
        _transaction = transaction;
        _records = ImmutableDictionary.Create<string, StoredRecord>(StringComparer.Ordinal);
        _newest = ImmutableDictionary.Create<string, ImmutableSortedSet<Recency>>(StringComparer.Ordinal);
        _origins = ImmutableDictionary.Create<string, Revision>(StringComparer.Ordinal);
    }

    public InMemoryRecords(InMemoryTransaction transaction, InMemoryRecords before) =>
        (_transaction, _records, _newest, _origins) = (transaction, before._records, before._newest, before._origins);

    public Note? Find(string id) => _records.TryGetValue(id, out var record) ? NoteOf(id, record) : null;

    public IReadOnlyList<Note> List(string entity, int limit, int offset) =>
        [.. NewestOf(entity).Skip(offset).Take(limit).Select(place => NoteOf(place.Id, _records[place.Id]))];

    public int Count(string entity) => NewestOf(entity).Count;

    public IReadOnlyDictionary<string, long> KnownVersions()
    {
        var state = _transaction.State.Read();
        return _records
            .Where(pair => pair.Value.Version > 0 && (!state.IsFullRunning || pair.Value.SeenIn == state.Generation))
            .ToDictionary(pair => pair.Key, pair => _transaction.Conflicts.FindHeld(pair.Key)?.Version ?? pair.Value.Version, StringComparer.Ordinal);
    }

    public void Edit(string id, Revision content)
    {
        var before = _records.GetValueOrDefault(id);
        Put(id, new StoredRecord(content, before?.Version ?? 0, before?.SeenIn ?? 0));
    }

    public void Take(string id, Revision content, long version) => Put(id, new StoredRecord(content, version, Generation));

    public bool TakeNew(string id, Revision content, long version)
    {
        _transaction.DemandOpen();
        if (_records.ContainsKey(id))
            return false;
        Take(id, content, version);
        return true;
    }

    public void MarkSeen(string id, long version, long? editedAt = null)
    {
        _transaction.DemandOpen();
        if (_records.GetValueOrDefault(id) is not { Content: var content })
            return;
        var stamp = content.Edited with { Millis = editedAt ?? content.Edited.Millis };
        Put(id, new StoredRecord(content with { Edited = stamp }, version, Generation));
    }

    public void Remove(string id)
    {
        _transaction.DemandOpen();
        Unlist(id);
        _records = _records.Remove(id);
    }

    public int Sweep()
    {
        _transaction.DemandOpen();
        var gone = _records
            .Where(pair => pair.Value.Version > 0 && pair.Value.SeenIn != Generation && !_transaction.Outbox.Has(pair.Key))
            .Select(static pair => pair.Key).ToArray();
        foreach (var id in gone)
            Remove(id);
        return gone.Length;
    }

    public Revision? FindOrigin(string id) => _origins.GetValueOrDefault(id);

    public void PutOrigin(string id, Revision content)
    {
        _transaction.DemandOpen();
        _origins = _origins.SetItem(id, content);
    }

    public void RemoveOrigin(string id)
    {
        _transaction.DemandOpen();
        _origins = _origins.Remove(id);
    }

    private long Generation => _transaction.State.Read().Generation;

    private ImmutableSortedSet<Recency> NewestOf(string entity) => _newest.GetValueOrDefault(entity, []);

    private Note NoteOf(string id, StoredRecord record) => new(id, record.Content, record.Version, _transaction.Outbox.Has(id));

    private void Put(string id, StoredRecord record)
    {
        _transaction.DemandOpen();
        Unlist(id);
        _records = _records.SetItem(id, record);
        if (record.Content.IsDeleted)
            return;
        var entity = RecordId.EntityOf(id);
        _newest = _newest.SetItem(entity, NewestOf(entity).Add(new Recency(record.Content.Edited.Millis, id)));
    }

    private void Unlist(string id)
    {
        if (_records.GetValueOrDefault(id) is not { Content: { IsDeleted: false } content })
            return;
        var entity = RecordId.EntityOf(id);
        _newest = _newest.SetItem(entity, NewestOf(entity).Remove(new Recency(content.Edited.Millis, id)));
    }
}
