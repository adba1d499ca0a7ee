using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>A conflict that this device met, and what became of it.</summary>
/// <param name="Sequence">Grows with each conflict of this device.</param>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">What this device did against what the other side did.</param>
/// <param name="Winner">Whose edit stayed.</param>
/// <param name="Discarded">Edits that were lost by it; 0 when a merge kept both.</param>
/// <param name="Title">Title of the side that did not stay as it was: the lost one, or what was merged in.</param>
/// <param name="Body">Body of that side.</param>
/// <param name="At">When it was settled here.</param>
public sealed record SettledConflict(
    long Sequence, string NoteId, ConflictKind Kind, ConflictWinner Winner, int Discarded, string Title, string Body, DateTimeOffset At);
