using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>One line of an event's <c>conflicts[]</c>: <paramref name="Count"/> conflicts of one entity type that went the same way.</summary>
public readonly record struct ConflictEntry(
    string Entity, ConflictKind Kind, ConflictStrategy Strategy, ConflictWinner Winner, int Discarded, int Count);
