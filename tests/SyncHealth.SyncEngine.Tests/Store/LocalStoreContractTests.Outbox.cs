using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <content>The outbox as it is stored, without its rules.</content>
public abstract partial class LocalStoreContractTests
{
    [Fact]
    public void Outbox_Empty_SaysSo()
    {
        Assert.Empty(Open(limit: 10));
        Assert.Empty(Sealed());
        Assert.Null(Entry(1));
        Assert.Empty(Store.Read(static transaction => transaction.Outbox.Of("n")));
        Assert.Empty(Store.Read(static transaction => transaction.Outbox.Entities()));
        Assert.Equal(new OutboxDepth(0, 0, null), Depth());
    }

    [Fact]
    public void Add_EveryField_IsKept()
    {
        var entry = StoreWrites.Waits("n") with { QueuedAt = Some.Start.AddMilliseconds(7), BatchKey = "key", ParkedCode = "code", Strikes = 3 };
        entry = entry with { Operation = entry.Operation with { Kind = OperationKind.Insert, BaseVersion = 4, Edits = 5 } };

        var sequence = Add(entry);

        Assert.Equal(entry with { Operation = entry.Operation with { Sequence = sequence } }, Entry(sequence));
    }

    [Fact]
    public void Add_Deletion_IsKeptAsOne()
    {
        var content = StoreWrites.Says("n", Device) with { IsDeleted = true };
        var sequence = Add(StoreWrites.Waits("n") with { Operation = new Operation(0, "n", OperationKind.Delete, content, 0, 1) });

        Assert.Equal(content, Entry(sequence)?.Operation.Content);
    }

    [Fact]
    public void Add_NumbersGrow_AlsoOverWhatWasRemovedAndOverANewStart()
    {
        var first = Add(StoreWrites.Waits("a"));
        var second = Add(StoreWrites.Waits("b"));
        Store.Write(transaction => transaction.Outbox.Remove(second));
        Reopen();

        var third = Add(StoreWrites.Waits("c"));

        Assert.True(first > 0 && second > first && third > second, $"{first}, {second}, {third}");
    }

    [Fact]
    public void Open_IsTheOldestThatIsNeitherSealedNorParked()
    {
        foreach (var id in new[] { "c", "a", "b", "d" })
            Add(StoreWrites.Waits(id));
        Add(StoreWrites.Waits("sealed") with { BatchKey = "key" });
        Add(StoreWrites.Waits("parked") with { ParkedCode = "code" });
        var e = Add(StoreWrites.Waits("e"));

        Assert.Equal(["c", "a", "b", "d", "e"], Ids(Open(limit: 10)));
        Assert.Equal(["c", "a"], Ids(Open(limit: 2)));
        Assert.Equal(["b", "d"], Ids(Open(limit: 2, BatchChoice.All with { PassedOver = [.. Open(limit: 2).Select(static entry => entry.Sequence)] })));
        Assert.DoesNotContain(Open(limit: 10, BatchChoice.All with { PassedOver = [e] }), static entry => entry.Operation.NoteId == "e");
        Assert.Empty(Open(limit: 0));
    }

    [Fact]
    public void Sealed_IsTheBatchInItsOrder()
    {
        Add(StoreWrites.Waits("b") with { BatchKey = "key" });
        Add(StoreWrites.Waits("open"));
        Add(StoreWrites.Waits("a") with { BatchKey = "key" });

        Assert.Equal(["b", "a"], Ids(Sealed()));
    }

    [Fact]
    public void Of_IsEverythingOfARecord_OldestFirst()
    {
        var parked = Add(StoreWrites.Waits("n") with { ParkedCode = "code" });
        Add(StoreWrites.Waits("another"));
        var taken = Add(StoreWrites.Waits("n") with { BatchKey = "key" });
        var open = Add(StoreWrites.Waits("n"));

        Assert.Equal([parked, taken, open], Store.Read(static transaction => transaction.Outbox.Of("n")).Select(static entry => entry.Sequence));
    }

    [Fact]
    public void Update_ReplacesEverythingButItsPlaceAndSinceWhenItWaits()
    {
        var first = Add(StoreWrites.Waits("n"));
        Add(StoreWrites.Waits("later"));
        var changed = new OutboxEntry(
            new Operation(first, "n", OperationKind.Delete, StoreWrites.Says("new", Device, 8) with { IsDeleted = true }, BaseVersion: 6, Edits: 4),
            Some.Start.AddDays(1), BatchKey: null, ParkedCode: null, Strikes: 2, OperationPriority.High, ParentId: "above");

        Store.Write(transaction => transaction.Outbox.Update(changed));

        Assert.Equal(changed with { QueuedAt = Some.Start }, Entry(first));
        Assert.Equal(["n", "later"], Ids(Open(limit: 10)));
    }

    [Fact]
    public void Update_SealsParksAndFrees()
    {
        var sequence = Add(StoreWrites.Waits("n"));
        Change(sequence, static entry => entry with { BatchKey = "key" });
        Assert.Equal((0, 1), (Open(limit: 10).Count, Sealed().Count));

        Change(sequence, static entry => entry with { BatchKey = null, ParkedCode = "code" });
        Assert.Equal((0, 0, 1), (Open(limit: 10).Count, Sealed().Count, Depth().Parked));

        Change(sequence, static entry => entry with { ParkedCode = null });
        Assert.Equal((1, 0, 0), (Open(limit: 10).Count, Sealed().Count, Depth().Parked));
    }

    [Fact]
    public void Update_NoSuchEntry_MakesNone()
    {
        Store.Write(static transaction => transaction.Outbox.Update(StoreWrites.Waits("n") with { Operation = new Operation(9, "n", OperationKind.Update, StoreWrites.Says("n", Device), 0, 1) }));

        Assert.Equal(new OutboxDepth(0, 0, null), Depth());
    }

    [Fact]
    public void Remove_TakesOneEntryAndNoOther()
    {
        var first = Add(StoreWrites.Waits("n") with { BatchKey = "key" });
        var second = Add(StoreWrites.Waits("n"));

        Store.Write(transaction =>
        {
            transaction.Outbox.Remove(first);
            transaction.Outbox.Remove(999);
        });

        Assert.Empty(Sealed());
        Assert.Equal([second], Store.Read(static transaction => transaction.Outbox.Of("n")).Select(static entry => entry.Sequence));
    }

    /// <summary>Parked operations wait for a person: they do not make the queue old. A clock that was set back may have queued the older one later.</summary>
    [Fact]
    public void Depth_CountsWhatWaitsAndWhatIsParked_AndKnowsTheOldest()
    {
        Add(StoreWrites.Waits("a") with { QueuedAt = Some.Start });
        Add(StoreWrites.Waits("b") with { QueuedAt = Some.Start.AddHours(-1), BatchKey = "key" });
        Add(StoreWrites.Waits("c") with { QueuedAt = Some.Start.AddHours(-2), ParkedCode = "code" });

        Assert.Equal(new OutboxDepth(2, 1, Some.Start.AddHours(-1)), Depth());
    }

    [Fact]
    public void Entities_AreThoseOfEverythingQueued_EachOnce()
    {
        foreach (var id in new[] { "n", "m", "list/a", "list/b", "photo/a" })
            Add(StoreWrites.Waits(id));
        Add(StoreWrites.Waits("parked/a") with { ParkedCode = "code" });

        Assert.Equal(["list", "note", "parked", "photo"], Store.Read(static transaction => transaction.Outbox.Entities()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Ids(IReadOnlyList<OutboxEntry> entries) => entries.Select(static entry => entry.Operation.NoteId);

    private IReadOnlyList<OutboxEntry> Open(int limit, BatchChoice? choice = null) => Store.Read(transaction => transaction.Outbox.Open(choice ?? BatchChoice.All, limit));

    private IReadOnlyList<OutboxEntry> Sealed() => Store.Read(static transaction => transaction.Outbox.Sealed());

    private OutboxDepth Depth() => Store.Read(static transaction => transaction.Outbox.Depth());

    private OutboxEntry? Entry(long sequence) => Store.Read(transaction => transaction.Outbox.Find(sequence));

    private long Add(OutboxEntry entry) => Store.Write(transaction => transaction.Outbox.Add(entry));

    private void Change(long sequence, Func<OutboxEntry, OutboxEntry> change) =>
        Store.Write(transaction => transaction.Outbox.Update(change(transaction.Outbox.Find(sequence)!)));
}
