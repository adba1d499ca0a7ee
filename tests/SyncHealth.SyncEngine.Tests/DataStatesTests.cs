using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests;

/// <summary>The word for the user, from everything that decides it: Synced needs all of it, and one thing missing takes it away.</summary>
public sealed class DataStatesTests
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(30);
    private static readonly SyncState Whole = new("phone", "token", 1, IsFullRunning: false, Some.Start, FailuresSince: 0, IsPullOwed: false, Account: "ann");
    private static readonly OutboxDepth Empty = new(0, 0, null);

    [Fact]
    public void Of_NothingMissing_IsSynced() => Assert.Equal(DataState.Synced, Of(Whole, Empty));

    public static TheoryData<string, SyncState> Missing => new()
    {
        { "no sync ever did everything", Whole with { LastSuccessAt = null } },
        { "no page was ever fetched", Whole with { Token = null } },
        { "the first sync is half done", Whole with { IsFullRunning = true } },
        { "a cycle failed since", Whole with { FailuresSince = 1 } },
        { "the server has more than the token", Whole with { IsPullOwed = true } },
        { "the last sync is too long ago", Whole with { LastSuccessAt = Some.Start - StaleAfter } },
        { "the clock was set back beyond the last sync", Whole with { LastSuccessAt = Some.Start + StaleAfter } },
    };

    [Theory]
    [MemberData(nameof(Missing))]
    public void Of_OneThingMissing_IsStale(string why, SyncState state) => Assert.Equal((why, DataState.Stale), (why, Of(state, Empty)));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(3, 2)]
    public void Of_AnythingThatTheServerHasNotTaken_IsPendingHoweverFreshTheRest(int waiting, int parked) =>
        Assert.Equal(DataState.LocalChangesPending, Of(Whole, new OutboxDepth(waiting, parked, Some.Start)));

    [Fact]
    public void Of_PendingAndStale_SaysPending() =>
        Assert.Equal(DataState.LocalChangesPending, Of(Whole with { FailuresSince = 5 }, new OutboxDepth(1, 0, Some.Start)));

    [Fact]
    public void Of_RunningCycle_SaysSyncingWhateverElse() =>
        Assert.Equal(DataState.Syncing, DataStates.Of(Whole with { FailuresSince = 5 }, new OutboxDepth(1, 1, Some.Start), isRunning: true, Some.Start, StaleAfter));

    [Fact]
    public void FreshFor_FromTheLastSync_IsWhatIsLeft()
    {
        Assert.Equal(TimeSpan.FromMinutes(20), DataStates.FreshFor(Whole, Some.Start.AddMinutes(10), StaleAfter));
        // One tick before the end it still holds, at the end it does not.
        Assert.Equal(DataState.Synced, DataStates.Of(Whole, Empty, false, Some.Start + StaleAfter - TimeSpan.FromTicks(1), StaleAfter));
        Assert.Equal(DataState.Stale, DataStates.Of(Whole, Empty, false, Some.Start + StaleAfter, StaleAfter));
    }

    private static DataState Of(SyncState state, OutboxDepth outbox) => DataStates.Of(state, outbox, isRunning: false, Some.Start, StaleAfter);
}
