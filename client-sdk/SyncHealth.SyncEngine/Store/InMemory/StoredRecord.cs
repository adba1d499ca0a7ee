using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store.InMemory;

/// <summary>A record as it is kept.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Version">The server's version; 0 when the server has never seen it.</param>
/// <param name="SeenIn">Number of the full sync in which the server last named it.</param>
internal sealed record StoredRecord(Revision Content, long Version, long SeenIn);
