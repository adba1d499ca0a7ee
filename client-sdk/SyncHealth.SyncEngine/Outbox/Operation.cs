using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Outbox;

/// <summary>A local change on its way to the server. It carries its own copy of the note, so that what was once sent stays the same on every retry.</summary>
/// <param name="Sequence">Position in the outbox.</param>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">What to do with it.</param>
/// <param name="Content">The note as this operation leaves it.</param>
/// <param name="BaseVersion">The server version that the edit was based on; 0 for a note that the server has never seen.</param>
/// <param name="Edits">Local edits folded into this operation: what is lost if it loses.</param>
public sealed record Operation(long Sequence, string NoteId, OperationKind Kind, Revision Content, long BaseVersion, int Edits);
