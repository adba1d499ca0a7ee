namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Answer of <c>POST /notes/sync</c>: one result per operation, in the order of the request.</summary>
public sealed record PushResponse(IReadOnlyList<PushResult> Results);
