using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>A note as this device has it.</summary>
/// <param name="Id">Made on the device that created the note.</param>
/// <param name="Content">Title, body, and when and where it was last edited.</param>
/// <param name="Version">The server version last seen; 0 when the server has never seen the note.</param>
/// <param name="IsPending">An edit of it has not been confirmed by the server.</param>
public sealed record Note(string Id, Revision Content, long Version, bool IsPending);
