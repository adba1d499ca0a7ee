using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Tests.Conflicts.Text;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

public sealed class OrSetTests : ReplicatedLaws<OrSet>
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true);
    private static readonly string[] Devices = ["phone", "tablet", "watch"];

    /// <summary>The anomaly of the Dynamo cart: a merge with a cart from before the removal put the item back.</summary>
    [Fact]
    public void Merge_WithAStateFromBeforeTheRemoval_DoesNotBringTheItemBack_DynamoCart()
    {
        var before = OrSet.Empty.Add("phone", "milk").Add("phone", "bread");

        var after = before.Remove("milk").Merge(before);

        Assert.Equal(["bread"], after.Items);
    }

    /// <summary>What a two-phase set cannot do.</summary>
    [Fact]
    public void Add_AfterARemoval_IsThereAgain_TwoPhaseSet()
    {
        var removed = OrSet.Empty.Add("phone", "milk").Remove("milk");

        Assert.Equal(["milk"], removed.Add("tablet", "milk").Merge(removed).Items);
    }

    /// <summary>A set that counts additions minus removals goes negative, and the next addition stays invisible.</summary>
    [Fact]
    public void Add_AfterBothHaveRemovedIt_IsVisible_CountingSet()
    {
        var shared = OrSet.Empty.Add("phone", "milk");

        var removedTwice = shared.Remove("milk").Merge(shared.Remove("milk"));

        Assert.Equal(["milk"], removedTwice.Add("phone", "milk").Items);
    }

    [Fact]
    public void Merge_OfAnAdditionAndARemovalMadeMeanwhile_KeepsTheAddition()
    {
        var shared = OrSet.Empty.Add("phone", "milk");

        Assert.Equal(["milk"], shared.Add("tablet", "milk").Merge(shared.Remove("milk")).Items);
    }

    /// <summary>Removals whose clocks tie with the addition's must still remove (riak_dt PR 78).</summary>
    [Fact]
    public void Merge_WhenBothHaveSeenTheSame_RemovesWhatEitherRemoved_RiakDt78()
    {
        var shared = OrSet.Empty.Add("phone", "a").Add("tablet", "b");

        Assert.Empty(shared.Remove("a").Merge(shared.Remove("b")).Items);
    }

    /// <summary>The definition, without the optimisation: every addition has a tag; an item is there while one of its tags was not seen by a removal.</summary>
    [Fact]
    public void Sessions_WithOldRepeatedAndReorderedStates_FollowTheDefinition() => Prop.ForAll(Step.Sessions(60), session =>
    {
        var sets = Devices.Select(_ => (State: OrSet.Empty, Model: OrSetModel.Empty)).ToArray();
        var said = new List<(OrSet State, OrSetModel Model)> { sets[0] };
        for (var index = 0; index < session.Length; index++)
        {
            var step = session[index];
            var replica = step.Peer % Devices.Length;
            var (state, model) = sets[replica];
            var item = $"item {step.Size % 4}";
            var heard = said[step.Place % said.Count];
            sets[replica] = step.Kind switch
            {
                < 3 => (state.Add(Devices[replica], item), model.Add(item, index)),
                < 5 => (state.Remove(item), model.Remove(item)),
                _ => (state.Merge(heard.State), model.Merge(heard.Model)),
            };
            said.Add(sets[replica]);
            if (!sets[replica].State.Items.SequenceEqual(sets[replica].Model.Items))
                return false;
        }

        return true;
    }).Check(Checks);

    /// <inheritdoc/>
    protected override OrSet Act(OrSet state, Here here, int kind, int value) =>
        kind < 3 ? state.Add(here.Device, $"item {value % 4}") : state.Remove($"item {value % 4}");
}
