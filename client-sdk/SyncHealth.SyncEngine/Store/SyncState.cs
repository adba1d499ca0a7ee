namespace SyncHealth.SyncEngine.Store;

/// <summary>Where synchronisation stands, as stored on the device.</summary>
/// <param name="Device">The device this store belongs to.</param>
/// <param name="Token">What the last page gave to ask for the next: an opaque token, or a moment; null before the first page.</param>
/// <param name="Generation">Number of the last full sync begun.</param>
/// <param name="IsFullRunning">A full sync has begun and its last page is not applied yet.</param>
/// <param name="LastSuccessAt">End of the last cycle that did everything.</param>
/// <param name="FailuresSince">Cycles that failed since then.</param>
/// <param name="IsPullOwed">The server has said that it has more than the token, and no pull has ended since.</param>
/// <param name="Account">Whose data this is; null before an engine has opened the store.</param>
public sealed record SyncState(
    string Device, string? Token, long Generation, bool IsFullRunning, DateTimeOffset? LastSuccessAt, int FailuresSince, bool IsPullOwed, string? Account)
{
    /// <summary>A device that has never synced.</summary>
    public static SyncState Of(string device) => new(device, Token: null, 0, IsFullRunning: false, LastSuccessAt: null, 0, IsPullOwed: false, Account: null);

    /// <summary>A full sync begins: the token is forgotten, the run has a number of its own.</summary>
    internal SyncState WithFullBegun() => this with { Token = null, Generation = Generation + 1, IsFullRunning = true };

    /// <summary>A page is applied. One that is not the last says itself that the server has more.</summary>
    internal SyncState WithPage(string token, bool hasMore) => this with { Token = token, IsFullRunning = IsFullRunning && hasMore, IsPullOwed = hasMore };

    /// <summary>The server has answered a push: what it has goes beyond the token until the next pull has ended.</summary>
    internal SyncState WithPullOwed() => this with { IsPullOwed = true };

    /// <summary>A cycle did everything.</summary>
    internal SyncState WithSuccess(DateTimeOffset at) => this with { LastSuccessAt = at, FailuresSince = 0 };

    /// <summary>A cycle did not finish: data is not fresh until the next one does.</summary>
    internal SyncState WithFailure() => this with { FailuresSince = FailuresSince + 1 };
}
