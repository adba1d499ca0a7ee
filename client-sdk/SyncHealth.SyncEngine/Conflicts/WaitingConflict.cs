using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>A conflict that the app has to settle.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">What this device did against what the other side did.</param>
/// <param name="Mine">This device's edit: what the app shows meanwhile, deleted or not.</param>
/// <param name="Theirs">The edit that stands on the server.</param>
/// <param name="Origin">What both started from, to show what each has changed; null when both created the note, or when it is not known any more.</param>
/// <param name="MetAt">When the two met on this device.</param>
public sealed record WaitingConflict(string NoteId, ConflictKind Kind, Revision Mine, Revision Theirs, Revision? Origin, DateTimeOffset MetAt);
