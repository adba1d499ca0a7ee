namespace SyncHealth.SyncEngine.Outbox;

/// <summary>How much waits to be sent.</summary>
/// <param name="Waiting">Operations that the server has not answered yet.</param>
/// <param name="Parked">Operations that the server refused for good and that wait for a person.</param>
/// <param name="OldestAt">When the oldest waiting operation was queued; null when none waits.</param>
public sealed record OutboxDepth(int Waiting, int Parked, DateTimeOffset? OldestAt);
