using System.Collections.Immutable;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>The log of conflicts in their order, those that wait by record, and the decisions in theirs.</summary>
internal sealed class InMemoryConflicts : IConflictCollection
{
    private readonly InMemoryTransaction _transaction;
    private ImmutableList<SettledConflict> _log;
    private ImmutableDictionary<string, HeldConflict> _held;
    private ImmutableList<ConflictNotice> _decisions;
    private long _lastSequence;

    public InMemoryConflicts(InMemoryTransaction transaction)
    {
        _transaction = transaction;
        _log = [];
        _held = ImmutableDictionary.Create<string, HeldConflict>(StringComparer.Ordinal);
        _decisions = [];
    }

    public InMemoryConflicts(InMemoryTransaction transaction, InMemoryConflicts before) =>
        (_transaction, _log, _held, _decisions, _lastSequence) = (transaction, before._log, before._held, before._decisions, before._lastSequence);

    public void Add(SettledConflict conflict)
    {
        _transaction.DemandOpen();
        _log = _log.Add(conflict with { Sequence = ++_lastSequence });
    }

    public IReadOnlyList<SettledConflict> Newest(int limit, bool isLossOnly = false) =>
        [.. _log.Reverse().Where(conflict => !isLossOnly || conflict.Discarded > 0).Take(limit)];

    public void Trim(int keep)
    {
        _transaction.DemandOpen();
        _log = _log.RemoveRange(0, Math.Max(0, _log.Count - keep));
    }

    public HeldConflict? FindHeld(string noteId) => _held.GetValueOrDefault(noteId);

    public IReadOnlyList<HeldConflict> Held() => [.. _held.Values.OrderBy(static held => held.MetAt).ThenBy(static held => held.NoteId, StringComparer.Ordinal)];

    public void PutHeld(HeldConflict held)
    {
        _transaction.DemandOpen();
        _held = _held.SetItem(held.NoteId, held);
    }

    public void RemoveHeld(string noteId)
    {
        _transaction.DemandOpen();
        _held = _held.Remove(noteId);
    }

    public void AddDecision(ConflictNotice decision)
    {
        _transaction.DemandOpen();
        _decisions = _decisions.Add(decision);
    }

    public IReadOnlyList<ConflictNotice> TakeDecisions()
    {
        if (_decisions.IsEmpty)
            return [];
        _transaction.DemandOpen();
        var decisions = _decisions;
        _decisions = [];
        return decisions;
    }
}
