namespace SyncHealth.Storage.Alerts;

/// <summary>A receiver and what became of what it was told.</summary>
/// <param name="Target">Host it leads to.</param>
/// <param name="HasSecret">False: its file or variable is empty, and it is told nothing.</param>
/// <param name="Fallback">Hears what this one refuses for good.</param>
/// <param name="DisabledReason">Why it is switched off; null when it is on.</param>
/// <param name="Waiting">Notifications still to be told.</param>
/// <param name="OldestWaitingAt">When the oldest of them that is due was made; wall clock.</param>
/// <param name="Outcomes">Attempts by how they ended: <c>delivered</c>, <c>retry</c>, <c>refused</c>, <c>expired</c>.</param>
public sealed record ReceiverSummary(
    string Name, string Type, string Target, bool HasSecret, string? Fallback, string? DisabledReason, long Waiting, DateTimeOffset? OldestWaitingAt,
    IReadOnlyDictionary<string, long> Outcomes);
