using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>Whether anybody evaluates rules: a page without alerts is good news only then.</summary>
public static class Unwatched
{
    /// <summary>For how long no round was completed; null while that is no longer than it should be, and before the first.</summary>
    /// <param name="lastRound">End of the newest round; wall clock.</param>
    /// <param name="wallNow">Wall clock.</param>
    public static TimeSpan? Since(DateTimeOffset? lastRound, DateTimeOffset wallNow) =>
        lastRound is { } at && wallNow - at > AlertHealth.ShownAfter ? wallNow - at : null;
}
