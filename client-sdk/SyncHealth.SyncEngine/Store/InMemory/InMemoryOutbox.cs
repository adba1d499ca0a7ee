using System.Collections.Immutable;
using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>Entries by sequence number, with an index of each record's and of the sealed ones.</summary>
internal sealed class InMemoryOutbox : IOutboxCollection
{
    private readonly InMemoryTransaction _transaction;
    private ImmutableSortedDictionary<long, OutboxEntry> _entries;
    private ImmutableDictionary<string, ImmutableSortedSet<long>> _byRecord;
    private ImmutableSortedSet<long> _sealed;
    private long _lastSequence;

    public InMemoryOutbox(InMemoryTransaction transaction)
    {
        _transaction = transaction;
        _entries = ImmutableSortedDictionary<long, OutboxEntry>.Empty;
        _byRecord = ImmutableDictionary.Create<string, ImmutableSortedSet<long>>(StringComparer.Ordinal);
        _sealed = [];
    }

    public InMemoryOutbox(InMemoryTransaction transaction, InMemoryOutbox before) =>
        (_transaction, _entries, _byRecord, _sealed, _lastSequence) = (transaction, before._entries, before._byRecord, before._sealed, before._lastSequence);

    public bool Has(string noteId) => _byRecord.ContainsKey(noteId);

    public IReadOnlyList<OutboxEntry> Of(string noteId) => [.. NumbersOf(noteId).Select(sequence => _entries[sequence])];

    public OutboxEntry? Find(long sequence) => _entries.GetValueOrDefault(sequence);

    public IReadOnlyList<OutboxEntry> Open(BatchChoice choice, int limit) => [.. _entries.Values
        .Where(entry => entry.IsOpen && choice.Takes(entry) && !choice.PassedOver.Contains(entry.Sequence)
            && !Of(entry.Operation.NoteId).Any(static other => other.IsSealed) && (entry.ParentId is null || !Has(entry.ParentId)))
        .OrderBy(choice.PriorityOf).ThenBy(static entry => entry.Sequence).Take(limit)];

    public HeldBack HeldBack(BatchChoice choice)
    {
        var blocked = _entries.Values.Where(entry => entry.IsParked || choice.PriorityOf(entry) == OperationPriority.Low).Select(static entry => entry.Operation.NoteId).ToHashSet(StringComparer.Ordinal);
        while (_entries.Values.FirstOrDefault(entry => IsDependent(entry) && !blocked.Contains(entry.Operation.NoteId)) is { } further)
            blocked.Add(further.Operation.NoteId);
        var waiting = _entries.Values.Where(static entry => !entry.IsParked).ToLookup(IsDependent);
        return new HeldBack(waiting[true].Count(), waiting[false].Count(entry => choice.PriorityOf(entry) == OperationPriority.Low));

        bool IsDependent(OutboxEntry entry) => entry.ParentId is { } parent && blocked.Contains(parent);
    }

    public IReadOnlyList<OutboxEntry> Sealed() => [.. _sealed.Select(sequence => _entries[sequence])];

    public OutboxDepth Depth()
    {
        var waiting = _entries.Values.Where(static entry => !entry.IsParked).ToArray();
        return new OutboxDepth(
            waiting.Length, _entries.Count - waiting.Length, waiting.Length == 0 ? null : waiting.Min(static entry => entry.QueuedAt));
    }

    public IReadOnlyList<string> Entities() => [.. _byRecord.Keys.Select(RecordId.EntityOf).Distinct(StringComparer.Ordinal)];

    public long Add(OutboxEntry entry)
    {
        _transaction.DemandOpen();
        var sequence = ++_lastSequence;
        Put(entry with { Operation = entry.Operation with { Sequence = sequence } });
        _byRecord = _byRecord.SetItem(entry.Operation.NoteId, NumbersOf(entry.Operation.NoteId).Add(sequence));
        return sequence;
    }

    public void Update(OutboxEntry entry)
    {
        _transaction.DemandOpen();
        if (Find(entry.Sequence) is { } before)
            Put(entry with { QueuedAt = before.QueuedAt });
    }

    public void Remove(long sequence)
    {
        _transaction.DemandOpen();
        if (Find(sequence) is not { Operation.NoteId: var noteId })
            return;
        _entries = _entries.Remove(sequence);
        _sealed = _sealed.Remove(sequence);
        var left = NumbersOf(noteId).Remove(sequence);
        _byRecord = left.IsEmpty ? _byRecord.Remove(noteId) : _byRecord.SetItem(noteId, left);
    }

    private ImmutableSortedSet<long> NumbersOf(string noteId) => _byRecord.GetValueOrDefault(noteId, []);

    private void Put(OutboxEntry entry)
    {
        _entries = _entries.SetItem(entry.Sequence, entry);
        _sealed = entry.IsSealed ? _sealed.Add(entry.Sequence) : _sealed.Remove(entry.Sequence);
    }
}
