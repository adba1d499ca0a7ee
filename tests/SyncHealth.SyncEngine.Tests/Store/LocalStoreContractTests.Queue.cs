using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <content>The rules of the outbox, which are the same over every store: what folds, what is sealed, what is parked.</content>
public abstract partial class LocalStoreContractTests
{
    private int _keys;

    [Fact]
    public void Edits_BeforeTheFirstPush_FoldIntoOneInsert()
    {
        var id = Notes.Create("a", "").Id;
        Notes.Update(id, "b", "");
        Notes.Update(id, "c", "");

        var operation = Assert.Single(Next()!.Operations);

        Assert.Equal((OperationKind.Insert, "c", 3), (operation.Kind, operation.Content.Title, operation.Edits));
    }

    [Fact]
    public void Delete_OfANoteNobodyHasSeen_LeavesNothingToSend()
    {
        Notes.Delete(Notes.Create("a", "").Id);

        Assert.Null(Next());
        Assert.Equal(0, Depth().Waiting);
    }

    [Fact]
    public void Edit_AfterSealing_WaitsForTheNextBatchAndLeavesTheSealedOneAlone()
    {
        var id = Notes.Create("sent", "").Id;
        var first = Next()!;
        Notes.Update(id, "later", "");

        var again = Next()!;

        Assert.Equal(first.Key, again.Key);
        Assert.Equal("sent", Assert.Single(again.Operations).Content.Title);
        Assert.Equal(2, Depth().Waiting);
    }

    [Fact]
    public void Delete_WhileTheInsertIsOnItsWay_FollowsIt()
    {
        var id = Notes.Create("sent", "").Id;
        var first = Next()!;
        Notes.Delete(id);
        Drop(first);

        Assert.Equal(OperationKind.Delete, Assert.Single(Next()!.Operations).Kind);
    }

    [Fact]
    public void Parked_Operation_IsReplacedByTheNextEdit()
    {
        var id = Notes.Create("refused", "").Id;
        var sequence = Assert.Single(Next()!.Operations).Sequence;
        Store.Write(transaction => OutboxQueue.Park(transaction, sequence, "too_large"));
        Assert.Null(Next());

        Notes.Update(id, "shorter", "");

        Assert.Equal("shorter", Assert.Single(Next()!.Operations).Content.Title);
        Assert.Equal(0, Depth().Parked);
    }

    [Fact]
    public void Unseal_KeepsTheNewerEdit()
    {
        var id = Notes.Create("old", "").Id;
        Next();
        Notes.Update(id, "new", "");

        Store.Write(transaction => OutboxQueue.Unseal(transaction));

        Assert.Equal("new", Assert.Single(Next()!.Operations).Content.Title);
    }

    /// <summary>Two edits on their way and a third made meanwhile: if what carries them loses, three are lost.</summary>
    [Fact]
    public void Reopen_WithANewerEdit_CarriesTheOlderEditsInItsCount()
    {
        var id = Notes.Create("sent", "").Id;
        Notes.Update(id, "sent too", "");
        var sequence = Assert.Single(Next()!.Operations).Sequence;
        Notes.Update(id, "newer", "");

        Store.Write(transaction => OutboxQueue.Reopen(transaction, sequence));

        var operation = Assert.Single(Next()!.Operations);
        Assert.Equal(("newer", 3), (operation.Content.Title, operation.Edits));
    }

    [Fact]
    public void Unseal_WithANewerEdit_CarriesTheOlderEditsInItsCount()
    {
        var id = Notes.Create("old", "").Id;
        Notes.Create("beside it", "");
        Next();
        Notes.Update(id, "new", "");

        Store.Write(transaction => OutboxQueue.Unseal(transaction));

        Assert.Equal([1, 2], Next()!.Operations.Select(operation => operation.Edits).Order());
    }

    [Fact]
    public void Parked_ReplacedByTheNextEdit_CountsItsEditsOn()
    {
        var id = Notes.Create("refused", "").Id;
        Notes.Update(id, "refused too", "");
        var sequence = Assert.Single(Next()!.Operations).Sequence;
        Store.Write(transaction => OutboxQueue.Park(transaction, sequence, "too_large"));

        Notes.Update(id, "shorter", "");

        Assert.Equal(3, Assert.Single(Next()!.Operations).Edits);
    }

    /// <summary>The user typed on while what the server then refused was on its way.</summary>
    [Fact]
    public void Park_ANewerEditWaits_IsReplacedByItAndCountsItsEditsOn()
    {
        var id = Notes.Create("refused", "").Id;
        var sequence = Assert.Single(Next()!.Operations).Sequence;
        Notes.Update(id, "shorter", "");

        Store.Write(transaction => OutboxQueue.Park(transaction, sequence, "too_large"));

        Assert.Equal((1, 0), (Depth().Waiting, Depth().Parked));
        var operation = Assert.Single(Next()!.Operations);
        Assert.Equal((OperationKind.Insert, "shorter", 2), (operation.Kind, operation.Content.Title, operation.Edits));
    }

    /// <summary>What the server knows by now cannot be inserted again, and goes out based on what is known when it is sealed.</summary>
    [Fact]
    public void Seal_OfARecordTheServerKnowsByNow_IsAnUpdateBasedOnIt()
    {
        var id = Notes.Create("a", "").Id;
        Store.Write(transaction => transaction.Records.MarkSeen(id, 6));

        var operation = Assert.Single(Next()!.Operations);

        Assert.Equal((OperationKind.Update, 6L), (operation.Kind, operation.BaseVersion));
    }

    [Fact]
    public void Batch_Unanswered_IsTheSameUnderTheSameKeyAfterANewStart()
    {
        Notes.CreateMany([("a", ""), ("b", ""), ("c", "")]);
        var first = Next(limit: 2)!;
        Notes.Create("d", "");

        Reopen();
        var again = Next(limit: 10)!;

        Assert.Equal(first.Key, again.Key);
        Assert.Equal(first.Operations, again.Operations);
        Assert.Equal(["a", "b"], again.Operations.Select(static operation => operation.Content.Title));
    }

    [Fact]
    public void Batches_GoOutInTheOrderOfTheFirstEdits_AndPassOverWhatIsSuspect()
    {
        var first = Notes.Create("a", "").Id;
        Notes.Create("b", "");
        Notes.Create("c", "");
        Notes.Update(first, "a, edited last", "");

        var batch = Next(limit: 1)!;
        Assert.Equal("a, edited last", Assert.Single(batch.Operations).Content.Title);

        Store.Write(transaction => OutboxQueue.Unseal(transaction));
        Assert.Equal(["b", "c"], Next(passedOver: batch.Operations[0].Sequence)!.Operations.Select(static operation => operation.Content.Title));
    }

    [Fact]
    public void Strike_CountsOnOneOperationOnly()
    {
        Notes.CreateMany([("a", ""), ("b", "")]);
        var operations = Next()!.Operations;

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => Store.Write(transaction => OutboxQueue.Strike(transaction, operations[0].Sequence))));
        Assert.Equal(1, Store.Write(transaction => OutboxQueue.Strike(transaction, operations[1].Sequence)));
        Assert.Equal(0, Store.Write(static transaction => OutboxQueue.Strike(transaction, 999)));
    }

    /// <summary>An edit whose conflict waits for the app is not sent, nor are edits on top of it, until the app has decided.</summary>
    [Fact]
    public void Hold_KeepsBackAlsoLaterEdits_UntilReleased()
    {
        var id = Notes.Create("a", "").Id;
        var sequence = Store.Read(transaction => OutboxQueue.FindOpen(transaction, id))!.Sequence;
        Store.Write(transaction =>
        {
            transaction.Conflicts.PutHeld(StoreWrites.Meets(id));
            OutboxQueue.Hold(transaction, sequence);
        });
        Notes.Update(id, "b", "");
        Assert.Null(Next());
        Assert.Equal((0, 1), (Depth().Waiting, Depth().Parked));

        Store.Write(transaction =>
        {
            transaction.Conflicts.RemoveHeld(id);
            OutboxQueue.Release(transaction, id);
        });

        var operation = Assert.Single(Next()!.Operations);
        Assert.Equal(("b", 2, OperationKind.Update), (operation.Content.Title, operation.Edits, operation.Kind));
    }

    private OutboxBatch? Next(int limit = 100, long passedOver = 0) =>
        Store.Write(transaction => OutboxQueue.NextBatch(transaction, limit, () => $"key {++_keys}", BatchChoice.All with { PassedOver = [passedOver] }));

    private void Drop(OutboxBatch batch) => Store.Write(transaction =>
    {
        foreach (var operation in batch.Operations)
            transaction.Outbox.Remove(operation.Sequence);
    });
}
