namespace SyncHealth.SyncEngine.Protocol;

/// <summary>What became of one pushed operation.</summary>
/// <param name="Id">The note.</param>
/// <param name="Status">One of <see cref="PushStatus"/>.</param>
/// <param name="Version">The note's version on the server after it.</param>
/// <param name="EditedAt">The stamp the server stored, in milliseconds since 1970: earlier than the one sent when the device's clock runs far ahead.</param>
/// <param name="Conflict">The conflict, if there was one and the server settled it.</param>
/// <param name="Current">The other side of a conflict: the edit that stands when the pushed one lost, the edit that was discarded when it won.</param>
/// <param name="Reason">Why it was rejected.</param>
public sealed record PushResult(string Id, string Status, long Version, long EditedAt, PushConflict? Conflict = null, NoteChange? Current = null, string? Reason = null);
