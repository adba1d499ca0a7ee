using SyncHealth.Contracts;

namespace SyncHealth.Client;

/// <summary>One finished sync cycle in the shape of "Offline-First Done Right" 7.1, for hosts that keep their own events.</summary>
/// <param name="Timestamp">When the cycle ended.</param>
/// <param name="Type">What the cycle did.</param>
/// <param name="Success">Whether it succeeded.</param>
/// <param name="DurationMs">How long it took, in milliseconds; negative values count as 0.</param>
/// <param name="ConflictCount">Conflicts met.</param>
/// <param name="QueuedItems">Local changes that still wait to be sent.</param>
public sealed record SyncEvent(
    DateTimeOffset Timestamp,
    SyncType Type,
    bool Success,
    long DurationMs,
    int ConflictCount = 0,
    int QueuedItems = 0);
