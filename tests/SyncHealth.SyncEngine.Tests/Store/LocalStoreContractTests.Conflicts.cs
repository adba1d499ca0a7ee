using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <content>Conflicts, and the state of synchronisation.</content>
public abstract partial class LocalStoreContractTests
{
    [Fact]
    public void ConflictLog_IsNewestFirstWithEveryField()
    {
        var first = new SettledConflict(0, "n", ConflictKind.DeleteUpdate, ConflictWinner.Merged, 0, "title", "body", Some.Start.AddMilliseconds(3));
        Store.Write(transaction =>
        {
            transaction.Conflicts.Add(first);
            transaction.Conflicts.Add(StoreWrites.Settled("m", discarded: 2));
        });

        var log = Store.Read(static transaction => transaction.Conflicts.Newest(10));

        Assert.Equal(["m", "n"], log.Select(static conflict => conflict.NoteId));
        Assert.Equal(first with { Sequence = log[1].Sequence }, log[1]);
        Assert.Equal("m", Assert.Single(Store.Read(static transaction => transaction.Conflicts.Newest(1))).NoteId);
        Assert.Equal("m", Assert.Single(Store.Read(static transaction => transaction.Conflicts.Newest(10, isLossOnly: true))).NoteId);
    }

    [Fact]
    public void ConflictLog_Trimmed_KeepsTheNewestAndItsNumbers()
    {
        for (var number = 0; number < 5; number++)
            Store.Write(transaction => transaction.Conflicts.Add(StoreWrites.Settled($"n{number}")));
        var last = Store.Read(static transaction => transaction.Conflicts.Newest(1))[0].Sequence;

        Store.Write(static transaction => transaction.Conflicts.Trim(2));
        Assert.Equal(["n4", "n3"], Store.Read(static transaction => transaction.Conflicts.Newest(10)).Select(static conflict => conflict.NoteId));

        Store.Write(static transaction => transaction.Conflicts.Trim(0));
        Store.Write(static transaction => transaction.Conflicts.Add(StoreWrites.Settled("after")));
        Assert.True(Assert.Single(Store.Read(static transaction => transaction.Conflicts.Newest(10))).Sequence > last);
    }

    [Fact]
    public void Held_IsInTheOrderInWhichItWasMet()
    {
        Store.Write(static transaction =>
        {
            transaction.Conflicts.PutHeld(StoreWrites.Meets("late") with { MetAt = Some.Start.AddMinutes(1) });
            transaction.Conflicts.PutHeld(StoreWrites.Meets("b"));
            transaction.Conflicts.PutHeld(StoreWrites.Meets("a"));
        });

        Assert.Equal(["a", "b", "late"], Store.Read(static transaction => transaction.Conflicts.Held()).Select(static held => held.NoteId));
    }

    [Fact]
    public void Held_IsReplacedWholeAndRemoved()
    {
        var later = new HeldConflict(
            "n", ConflictKind.UpdateDelete, new Revision("t", "b", IsDeleted: true, new Stamp(8, "tablet")), 11, Some.Start.AddMilliseconds(5));
        Store.Write(static transaction => transaction.Conflicts.PutHeld(StoreWrites.Meets("n")));
        Store.Write(transaction => transaction.Conflicts.PutHeld(later));
        Assert.Equal(later, Store.Read(static transaction => transaction.Conflicts.FindHeld("n")));
        Assert.Equal([later], Store.Read(static transaction => transaction.Conflicts.Held()));

        Store.Write(static transaction =>
        {
            transaction.Conflicts.RemoveHeld("n");
            transaction.Conflicts.RemoveHeld("nobody");
        });

        Assert.Null(Store.Read(static transaction => transaction.Conflicts.FindHeld("n")));
    }

    [Fact]
    public void Decisions_AreGivenOutOnceAndInOrder()
    {
        Store.Write(static transaction =>
        {
            transaction.Conflicts.AddDecision(StoreWrites.Decided("b", discarded: 2));
            transaction.Conflicts.AddDecision(StoreWrites.Decided("a"));
        });

        Assert.Equal(
            [StoreWrites.Decided("b", discarded: 2), StoreWrites.Decided("a")],
            Store.Write(static transaction => transaction.Conflicts.TakeDecisions()));
        Assert.Empty(Store.Write(static transaction => transaction.Conflicts.TakeDecisions()));
    }

    [Fact]
    public void State_OfANewStore_IsThatOfADeviceThatNeverSynced()
    {
        Assert.Equal(SyncState.Of(Device), State());
        Assert.Equal(0, Store.Read(static transaction => transaction.State.LastStamp));
    }

    [Fact]
    public void State_EveryField_IsKeptOverANewStart_AndTheDeviceStays()
    {
        var state = new SyncState(Device, "token", 3, IsFullRunning: true, Some.Start.AddMilliseconds(1), FailuresSince: 4, IsPullOwed: true, Account: "ann");
        Store.Write(transaction => transaction.State.Save(state with { Device = "another" }));
        Store.Write(static transaction => transaction.State.LastStamp = 77);

        Reopen();

        Assert.Equal(state, State());
        Assert.Equal(77, Store.Read(static transaction => transaction.State.LastStamp));
        Store.Write(static transaction => transaction.State.Save(SyncState.Of(Device)));
        Assert.Equal(SyncState.Of(Device), State());
        Assert.Equal(77, Store.Read(static transaction => transaction.State.LastStamp));
    }

    private SyncState State() => Store.Read(static transaction => transaction.State.Read());
}
