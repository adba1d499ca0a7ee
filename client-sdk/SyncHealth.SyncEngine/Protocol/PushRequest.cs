namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Body of <c>POST /notes/sync</c>.</summary>
/// <param name="Operations">In the order in which they were made.</param>
public sealed record PushRequest(IReadOnlyList<PushOperation> Operations);
