using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <content>Records, their origins, and full syncs.</content>
public abstract partial class LocalStoreContractTests
{
    [Fact]
    public void Find_NobodyKnows_IsNull()
    {
        Assert.Null(Record("n"));
        Assert.Null(Store.Read(static transaction => transaction.Records.FindOrigin("n")));
    }

    [Fact]
    public void Edit_New_IsKeptAsItIsAndUnknownToTheServer()
    {
        var content = new Revision("title – öß 🙂", "line\nline", IsDeleted: false, new Stamp(5, "phone"));

        Store.Write(transaction => transaction.Records.Edit("n", content));

        Assert.Equal(new Note("n", content, Version: 0, IsPending: false), Record("n"));
    }

    [Fact]
    public void Edit_OfAKnownRecord_KeepsItsVersionAndMark()
    {
        Store.Write(static transaction =>
        {
            transaction.State.Save(transaction.State.Read().WithFullBegun());
            transaction.Records.Take("n", StoreWrites.Says("server's", "tablet"), 7);
            transaction.Records.Edit("n", StoreWrites.Says("edited", Device));
            transaction.Records.Sweep();
        });

        Assert.Equal(("edited", 7L), (Record("n")?.Content.Title, Record("n")?.Version));
    }

    /// <summary>A tombstone stays until the server has it, and nobody sees it.</summary>
    [Fact]
    public void Edit_Deletion_IsFoundButInNoList()
    {
        Store.Write(static transaction =>
        {
            transaction.Records.Take("n", StoreWrites.Says("title", "tablet"), 7);
            transaction.Records.Edit("n", StoreWrites.Says("title", Device) with { IsDeleted = true });
        });

        Assert.True(Record("n")?.Content.IsDeleted);
        Assert.Empty(List());
        Assert.Equal(0, Store.Read(static transaction => transaction.Records.Count(EntityNames.Note)));
        Assert.Equal(7, Versions()["n"]);
    }

    [Fact]
    public void Take_AfterADeletionHere_BringsTheRecordBack()
    {
        Store.Write(static transaction =>
        {
            transaction.Records.Edit("n", StoreWrites.Says("title", Device) with { IsDeleted = true });
            transaction.Records.Take("n", StoreWrites.Says("still needed", "tablet"), 8);
        });

        Assert.Equal("still needed", Assert.Single(List()).Content.Title);
    }

    [Fact]
    public void TakeNew_NoSuchRecord_IsAsTake()
    {
        var isTaken = Store.Write(static transaction =>
        {
            transaction.State.Save(transaction.State.Read().WithFullBegun());
            return transaction.Records.TakeNew("n", StoreWrites.Says("server's", "tablet", 3), 7);
        });

        Assert.True(isTaken);
        Assert.Equal(new Note("n", StoreWrites.Says("server's", "tablet", 3), 7, IsPending: false), Record("n"));
        Assert.Equal("n", Assert.Single(List()).Id);
        Assert.Equal(7, Versions()["n"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TakeNew_ThereIsOne_LeavesItAndItsMark(bool isDeleted)
    {
        var edited = StoreWrites.Says("edited", Device) with { IsDeleted = isDeleted };
        var isTaken = Store.Write(transaction =>
        {
            transaction.Records.Take("n", StoreWrites.Says("server's", "tablet"), 5);
            transaction.Records.Edit("n", edited);
            transaction.State.Save(transaction.State.Read().WithFullBegun());
            return transaction.Records.TakeNew("n", StoreWrites.Says("newer", "tablet"), 7);
        });

        Assert.False(isTaken);
        Assert.Equal(new Note("n", edited, 5, IsPending: false), Record("n"));
        Assert.Empty(Versions());
    }

    [Fact]
    public void List_IsByLastEditAndThenById_EachEntityForItself()
    {
        Edit(("b", 5), ("a", 5), ("Z", 5), ("old", 1), ("new", 9), ("list/x", 7));

        Assert.Equal(["new", "Z", "a", "b", "old"], List().Select(static note => note.Id));
        Assert.Equal(["list/x"], Store.Read(static transaction => transaction.Records.List("list", 10, 0)).Select(static note => note.Id));
        Assert.Empty(Store.Read(static transaction => transaction.Records.List("photo", 10, 0)));
        Assert.Equal((5, 1, 0), Store.Read(static transaction =>
            (transaction.Records.Count(EntityNames.Note), transaction.Records.Count("list"), transaction.Records.Count("photo"))));
    }

    [Theory]
    [InlineData(2, 0, "c b")]
    [InlineData(2, 2, "a")]
    [InlineData(2, 3, "")]
    [InlineData(0, 0, "")]
    [InlineData(int.MaxValue, 1, "b a")]
    public void List_Page_IsCutOutOfTheWhole(int limit, int offset, string expected)
    {
        Edit(("a", 1), ("b", 2), ("c", 3));

        Assert.Equal(expected, string.Join(' ', Store.Read(transaction => transaction.Records.List(EntityNames.Note, limit, offset)).Select(static note => note.Id)));
    }

    [Fact]
    public void List_EditedAgain_MovesToTheFrontAndStandsThereOnce()
    {
        Edit(("a", 1), ("b", 2));
        Edit(("a", 3));

        Assert.Equal(["a", "b"], List().Select(static note => note.Id));
    }

    [Fact]
    public void Pending_IsWhatStandsInTheOutbox()
    {
        Edit(("a", 1), ("b", 2));
        var sequence = Store.Write(static transaction => transaction.Outbox.Add(StoreWrites.Waits("a")));
        Assert.Equal(["b False", "a True"], List().Select(static note => $"{note.Id} {note.IsPending}"));
        Assert.True(Record("a")?.IsPending);

        Store.Write(transaction => transaction.Outbox.Remove(sequence));

        Assert.False(Record("a")?.IsPending);
    }

    [Fact]
    public void MarkSeen_KeepsTheContentAndMovesVersionAndStamp()
    {
        Edit(("n", 9), ("other", 5));

        Store.Write(static transaction => transaction.Records.MarkSeen("n", 3));
        Assert.Equal((3L, 9L), (Record("n")?.Version, Record("n")?.Content.Edited.Millis));

        Store.Write(static transaction => transaction.Records.MarkSeen("n", 4, editedAt: 2));
        Assert.Equal((4L, new Stamp(2, Device)), (Record("n")?.Version, Record("n")?.Content.Edited));
        Assert.Equal(["other", "n"], List().Select(static note => note.Id));
    }

    [Fact]
    public void MarkSeen_NoSuchRecord_MakesNone()
    {
        Store.Write(static transaction => transaction.Records.MarkSeen("n", 3, editedAt: 1));

        Assert.Null(Record("n"));
        Assert.Empty(Versions());
    }

    [Fact]
    public void Remove_TakesTheRecordAndLeavesItsOrigin()
    {
        Edit(("n", 1));
        Store.Write(static transaction => transaction.Records.PutOrigin("n", StoreWrites.Says("origin", "tablet")));

        Store.Write(static transaction =>
        {
            transaction.Records.Remove("n");
            transaction.Records.Remove("nobody");
        });

        Assert.Null(Record("n"));
        Assert.Empty(List());
        Assert.Equal("origin", Store.Read(static transaction => transaction.Records.FindOrigin("n"))?.Title);
    }

    [Fact]
    public void Origin_IsReplacedAndForgotten()
    {
        var last = StoreWrites.Says("last", "tablet", 3) with { IsDeleted = true };
        Store.Write(static transaction => transaction.Records.PutOrigin("n", StoreWrites.Says("first", "tablet")));
        Store.Write(transaction => transaction.Records.PutOrigin("n", last));
        Assert.Equal(last, Store.Read(static transaction => transaction.Records.FindOrigin("n")));

        Store.Write(static transaction =>
        {
            transaction.Records.RemoveOrigin("n");
            transaction.Records.RemoveOrigin("nobody");
        });

        Assert.Null(Store.Read(static transaction => transaction.Records.FindOrigin("n")));
    }

    /// <summary>At the end of a full sync: what the server did not name is gone there, but not what it never had, and not what waits to be sent.</summary>
    [Fact]
    public void Sweep_TakesOnlyWhatTheServerKnewAndDidNotName()
    {
        Store.Write(static transaction =>
        {
            foreach (var id in new[] { "gone", "taken", "marked", "waiting" })
                transaction.Records.Take(id, StoreWrites.Says(id, "tablet"), 1);
            transaction.Records.Edit("mine", StoreWrites.Says("mine", Device));
            transaction.Outbox.Add(StoreWrites.Waits("waiting"));
            transaction.State.Save(transaction.State.Read().WithFullBegun());
            transaction.Records.Take("taken", StoreWrites.Says("taken", "tablet"), 2);
            transaction.Records.MarkSeen("marked", 2);
        });

        Assert.Equal(1, Store.Write(static transaction => transaction.Records.Sweep()));

        Assert.Equal(["marked", "mine", "taken", "waiting"], List().Select(static note => note.Id).Order());
        Assert.Equal(0, Store.Write(static transaction => transaction.Records.Sweep()));
    }

    [Fact]
    public void KnownVersions_WhileAFullSyncRuns_AreThoseSeenInIt()
    {
        Store.Write(static transaction =>
        {
            transaction.Records.Take("before", StoreWrites.Says("before", "tablet"), 1);
            transaction.Records.Edit("mine", StoreWrites.Says("mine", Device));
        });
        Assert.Equal(["before"], Versions().Keys);

        Store.Write(static transaction =>
        {
            transaction.State.Save(transaction.State.Read().WithFullBegun());
            transaction.Records.Take("during", StoreWrites.Says("during", "tablet"), 2);
        });
        Assert.Equal(["during"], Versions().Keys);

        Store.Write(static transaction => transaction.State.Save(transaction.State.Read().WithPage("token", hasMore: false)));
        Assert.Equal(["before", "during"], Versions().Keys.Order());
    }

    [Fact]
    public void KnownVersions_OfAHeldConflict_IsThatOfTheOtherSide()
    {
        Store.Write(static transaction =>
        {
            transaction.Records.Take("n", StoreWrites.Says("n", "tablet"), 1);
            transaction.Conflicts.PutHeld(StoreWrites.Meets("n", version: 4));
        });

        Assert.Equal(4, Versions()["n"]);
    }

    private Note? Record(string id) => Store.Read(transaction => transaction.Records.Find(id));

    private IReadOnlyList<Note> List() => Store.Read(static transaction => transaction.Records.List(EntityNames.Note, int.MaxValue, 0));

    private IReadOnlyDictionary<string, long> Versions() => Store.Read(static transaction => transaction.Records.KnownVersions());

    private void Edit(params (string Id, long Millis)[] edits) => Store.Write(transaction =>
    {
        foreach (var (id, millis) in edits)
            transaction.Records.Edit(id, StoreWrites.Says(id, Device, millis));
    });
}
