using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Takes a step before each operation.</summary>
internal sealed class CutConflicts(IConflictCollection inner, Action step) : IConflictCollection
{
    private IConflictCollection Next
    {
        get
        {
            step();
            return inner;
        }
    }

    public void Add(SettledConflict conflict) => Next.Add(conflict);

    public IReadOnlyList<SettledConflict> Newest(int limit, bool isLossOnly = false) => Next.Newest(limit, isLossOnly);

    public void Trim(int keep) => Next.Trim(keep);

    public HeldConflict? FindHeld(string noteId) => Next.FindHeld(noteId);

    public IReadOnlyList<HeldConflict> Held() => Next.Held();

    public void PutHeld(HeldConflict held) => Next.PutHeld(held);

    public void RemoveHeld(string noteId) => Next.RemoveHeld(noteId);

    public void AddDecision(ConflictNotice decision) => Next.AddDecision(decision);

    public IReadOnlyList<ConflictNotice> TakeDecisions() => Next.TakeDecisions();
}
