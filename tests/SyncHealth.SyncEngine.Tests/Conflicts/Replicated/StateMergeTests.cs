using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

public sealed class StateMergeTests
{
    private static readonly StateMerge<OrSet> Strategy = new();
    private static readonly OrSet Shared = OrSet.Empty.Add("phone", "milk");

    [Fact]
    public void Resolve_BothChanged_MergesAndLosesNothing()
    {
        var local = Of(Shared.Add("phone", "bread"), 2, "phone");
        var remote = Of(Shared.Remove("milk"), 3, "tablet");

        var resolution = Strategy.Resolve(local, remote, Of(Shared, 1, "phone"))!;

        Assert.Equal(ConflictWinner.Merged, resolution.Winner);
        Assert.Equal((false, false), (resolution.LosesLocal, resolution.LosesRemote));
        Assert.Equal(["bread"], Items(resolution));
    }

    [Fact]
    public void Resolve_OneHasSeenTheOther_TakesItAsItIs()
    {
        var older = Of(Shared, 1, "phone");
        var newer = Of(Shared.Add("tablet", "bread"), 2, "tablet");

        Assert.Equal(ConflictWinner.Remote, Strategy.Resolve(older, newer, null)!.Winner);
        Assert.Equal(ConflictWinner.Local, Strategy.Resolve(newer, older, null)!.Winner);
    }

    [Theory]
    [InlineData(true, ConflictWinner.Remote)]
    [InlineData(false, ConflictWinner.Local)]
    public void Resolve_DeletionAgainstAChange_KeepsTheChange(bool isDeletedHere, ConflictWinner winner)
    {
        var changed = Of(Shared.Add("tablet", "bread"), 2, "tablet");
        var deleted = Of(Shared, 3, "phone") with { IsDeleted = true };

        var resolution = isDeletedHere ? Strategy.Resolve(deleted, changed, Of(Shared, 1, "phone")) : Strategy.Resolve(changed, deleted, Of(Shared, 1, "phone"));

        Assert.Equal(winner, resolution!.Winner);
        Assert.Equal(changed, resolution.Result);
    }

    [Fact]
    public void Resolve_DeletionAgainstNoChange_Deletes()
    {
        var deleted = Of(Shared, 3, "phone") with { IsDeleted = true };

        Assert.Equal(deleted, Strategy.Resolve(deleted, Of(Shared, 2, "tablet"), Of(Shared, 1, "phone"))!.Result);
    }

    [Fact]
    public void Resolve_BodyThatIsNoState_KeepsTheLaterWhole()
    {
        var local = Of(Shared, 1, "phone");
        var remote = new Revision("", "not a set", false, new Stamp(2, "tablet"));

        var resolution = Strategy.Resolve(local, remote, null)!;

        Assert.Equal((remote, ConflictWinner.Remote, true), (resolution.Result, resolution.Winner, resolution.LosesLocal));
    }

    private static Revision Of(OrSet state, long millis, string device) => new("", state.Encode(), false, new Stamp(millis, device));

    private static IReadOnlyList<string> Items(Resolution resolution)
    {
        Assert.True(RecordState.TryRead<OrSet>(resolution.Result, out var state));
        return state.Items;
    }
}
