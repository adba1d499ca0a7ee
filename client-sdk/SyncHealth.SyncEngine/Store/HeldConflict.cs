using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>The other side of a conflict that waits for the app.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="Kind">What met.</param>
/// <param name="Theirs">The edit that stands on the server.</param>
/// <param name="Version">Its version there.</param>
/// <param name="MetAt">When it was met.</param>
public sealed record HeldConflict(string NoteId, ConflictKind Kind, Revision Theirs, long Version, DateTimeOffset MetAt);
