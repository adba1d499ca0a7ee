using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine;

/// <summary>The rule behind <see cref="DataState"/>: pure, and in doubt never <see cref="DataState.Synced"/>.</summary>
internal static class DataStates
{
    /// <summary>The one word for the user.</summary>
    /// <param name="state">What is stored of synchronisation.</param>
    /// <param name="outbox">What waits and what was refused.</param>
    /// <param name="isRunning">A cycle runs.</param>
    /// <param name="now">By this device's clock.</param>
    /// <param name="staleAfter">Age of the last complete sync from which data is stale.</param>
    public static DataState Of(SyncState state, OutboxDepth outbox, bool isRunning, DateTimeOffset now, TimeSpan staleAfter)
    {
        if (isRunning)
            return DataState.Syncing;
        if (outbox.Waiting + outbox.Parked > 0)
            return DataState.LocalChangesPending;
        return HasEverything(state) && AgeOf(state, now) < staleAfter ? DataState.Synced : DataState.Stale;
    }

    /// <summary>How long a state that is <see cref="DataState.Synced"/> now stays so by itself.</summary>
    public static TimeSpan FreshFor(SyncState state, DateTimeOffset now, TimeSpan staleAfter) => staleAfter - AgeOf(state, now);

    /// <summary>The last cycle did everything, no full sync is half done, and the server has named nothing that no pull has reached.</summary>
    private static bool HasEverything(SyncState state) => state is { Token: not null, IsFullRunning: false, FailuresSince: 0, IsPullOwed: false };

    /// <summary>A success in the future was stamped by a clock that has been set back since: it is as far from now, whichever way.</summary>
    private static TimeSpan AgeOf(SyncState state, DateTimeOffset now) => state.LastSuccessAt is { } at ? (now - at).Duration() : TimeSpan.MaxValue;
}
