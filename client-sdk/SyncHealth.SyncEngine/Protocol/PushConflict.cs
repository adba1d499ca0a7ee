namespace SyncHealth.SyncEngine.Protocol;

/// <summary>A conflict that the server found and settled by last write wins, as seen from the pushing device.</summary>
/// <param name="Kind"><c>update_update</c>, <c>update_delete</c>, <c>delete_update</c> or <c>insert_insert</c>.</param>
/// <param name="Winner"><c>local</c> when the pushed edit won, else <c>remote</c>.</param>
public sealed record PushConflict(string Kind, string Winner);
