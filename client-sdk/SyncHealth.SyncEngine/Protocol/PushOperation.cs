namespace SyncHealth.SyncEngine.Protocol;

/// <summary>One queued change on its way to the server.</summary>
/// <param name="Kind"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Id">The note.</param>
/// <param name="Title">Title after the edit.</param>
/// <param name="Body">Body after the edit.</param>
/// <param name="EditedAt">Milliseconds since 1970 of the edit.</param>
/// <param name="BaseVersion">The server version that was edited; 0 when the server has never seen the note.</param>
/// <param name="Merges">The device settles conflicts itself: when the note has moved on, the server takes nothing and answers with the edit that stands.</param>
public sealed record PushOperation(string Kind, string Id, string Title, string Body, long EditedAt, long BaseVersion, bool Merges = false);
