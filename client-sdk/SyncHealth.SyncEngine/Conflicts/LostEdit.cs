using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>An edit that lost a conflict on this device: kept, so that the user can be shown it and take it back.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">What met.</param>
/// <param name="Winner">Whose edit stayed.</param>
/// <param name="Title">The title that was lost.</param>
/// <param name="Body">The body that was lost.</param>
/// <param name="At">When the conflict was resolved here.</param>
public sealed record LostEdit(string NoteId, ConflictKind Kind, ConflictWinner Winner, string Title, string Body, DateTimeOffset At);
