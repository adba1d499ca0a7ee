using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>A conflict that a cycle met, and what became of it.</summary>
/// <param name="NoteId">The record.</param>
/// <param name="Kind">What this device did against what the other side did.</param>
/// <param name="Strategy">Who settled it; <see cref="ConflictStrategy.Unresolved"/> while it waits for the app.</param>
/// <param name="Winner">Whose edit stayed.</param>
/// <param name="Discarded">Edits that were lost by it.</param>
public sealed record ConflictNotice(string NoteId, ConflictKind Kind, ConflictStrategy Strategy, ConflictWinner Winner, int Discarded);
