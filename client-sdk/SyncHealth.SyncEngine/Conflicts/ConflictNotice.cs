using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>A conflict that a cycle met and resolved.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">What this device did against what the other side did.</param>
/// <param name="Winner">Whose edit stayed.</param>
/// <param name="Discarded">Edits that were lost by it.</param>
public sealed record ConflictNotice(string NoteId, ConflictKind Kind, ConflictWinner Winner, int Discarded);
