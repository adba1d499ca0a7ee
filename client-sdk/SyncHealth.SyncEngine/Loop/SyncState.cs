namespace SyncHealth.SyncEngine.Loop;

/// <summary>Where synchronisation stands, as stored in the local database.</summary>
/// <param name="Device">The device this database belongs to.</param>
/// <param name="Token">What the last page gave to ask for the next: an opaque token, or a moment; null before the first page.</param>
/// <param name="Generation">Number of the last full sync begun.</param>
/// <param name="IsFullRunning">A full sync has begun and its last page is not applied yet.</param>
/// <param name="LastSuccessAt">End of the last cycle that did everything.</param>
/// <param name="FailuresSince">Cycles that failed since then.</param>
/// <param name="IsPullOwed">The server has said that it has more than the token, and no pull has ended since.</param>
public sealed record SyncState(
    string Device, string? Token, long Generation, bool IsFullRunning, DateTimeOffset? LastSuccessAt, int FailuresSince, bool IsPullOwed);
