using SyncHealth.Contracts;

namespace SyncHealth.Client.Recording;

/// <summary>Conflicts of one kind in one attempt.</summary>
internal record struct ConflictEntry(string Entity, ConflictKind Kind, ConflictStrategy Strategy, ConflictWinner Winner, int Discarded, int Count)
{
    internal readonly bool IsSameAs(in ConflictEntry other) =>
        Entity == other.Entity && Kind == other.Kind && Strategy == other.Strategy && Winner == other.Winner;
}
