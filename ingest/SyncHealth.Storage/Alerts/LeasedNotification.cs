namespace SyncHealth.Storage.Alerts;

/// <summary>A notification that this process, and no other, may send until <paramref name="LeasedUntil"/>.</summary>
/// <param name="Fence">Proof of the lease: an outcome is recorded only under the newest.</param>
/// <param name="Attempts">Attempts including this one.</param>
/// <param name="MayHaveArrived">Whether an earlier attempt may have arrived without our knowing.</param>
/// <param name="Reference">What the vendor calls the incident, where it told us.</param>
/// <param name="CreatedAt">Wall clock.</param>
/// <param name="FallbackFor">The receiver that should have heard it, where this one stands in.</param>
/// <param name="EarlierReference">What the vendor calls the newest earlier incident of the same alert.</param>
/// <param name="DisabledReason">Why the receiver is switched off; null when it is on.</param>
public sealed record LeasedNotification(
    long AlertId, int Sequence, string Receiver, int Episode, string Kind, string MessageJson,
    long Fence, int Attempts, bool MayHaveArrived, string? Reference, DateTimeOffset CreatedAt, DateTimeOffset LeasedUntil,
    string? FallbackFor, string? EarlierReference, string? DisabledReason);
