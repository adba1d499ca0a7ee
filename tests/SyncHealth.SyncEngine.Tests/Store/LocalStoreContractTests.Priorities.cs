using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <content>In what order operations leave, and what waits for what.</content>
public abstract partial class LocalStoreContractTests
{
    private static readonly Dictionary<string, OperationPriority> PhotosAreLow = new() { ["photo"] = OperationPriority.Low };

    private readonly EngineOptions _options = new() { Device = Device, TimeProvider = new ManualTimeProvider(Some.Start), Priorities = { ["photo"] = OperationPriority.Low } };
    private readonly Random _random = new(1);

    [Fact]
    public void Seal_TakesTheMostUrgentFirst_ThenTheOldest()
    {
        Records("photo").Create("low", "");
        Records("job").Create("medium", "");
        Records("job").Create("high", "", priority: OperationPriority.High);
        Records("job").Create("medium too", "");

        Assert.Equal(["high"], TitlesOf(NextOf(BatchChoice.All, limit: 1)));
        AnswerOf(BatchChoice.All);
        Assert.Equal(["medium", "medium too"], TitlesOf(NextOf(BatchChoice.All, limit: 2)));
        AnswerOf(BatchChoice.All);
        Assert.Equal(["low"], TitlesOf(NextOf(BatchChoice.All)));
    }

    [Fact]
    public void Bulk_ThatIsUnanswered_HoldsNoEditUpAndKeepsItsKey()
    {
        Records("photo").Create("low", "");
        var bulk = NextOf(BatchChoice.Bulk)!;
        Records("job").Create("medium", "");

        Assert.Equal(["medium"], TitlesOf(NextOf(BatchChoice.Edits)));
        AnswerOf(BatchChoice.Edits);
        Assert.Null(NextOf(BatchChoice.Edits));
        Assert.Equal(bulk.Key, NextOf(BatchChoice.Bulk)!.Key);
    }

    [Fact]
    public void Bulk_Refused_LeavesTheEditsThatAreOnTheirWayAlone()
    {
        Records("photo").Create("low", "");
        Records("job").Create("medium", "");
        var (edits, bulk) = (NextOf(BatchChoice.Edits)!, NextOf(BatchChoice.Bulk)!);

        Store.Write(transaction => OutboxQueue.Unseal(transaction, bulk.Key));

        Assert.Equal(edits.Key, NextOf(BatchChoice.Edits)!.Key);
        Assert.NotEqual(bulk.Key, NextOf(BatchChoice.Bulk)!.Key);
    }

    [Fact]
    public void Edit_OfWhatIsOnItsWayAsBulk_WaitsForTheAnswerOf()
    {
        var photo = Records("photo").Create("low", "");
        NextOf(BatchChoice.Bulk);
        Records("photo").Update(photo.Id, "urgent by now", "", OperationPriority.High);

        Assert.Null(NextOf(BatchChoice.Edits));
        AnswerOf(BatchChoice.Bulk);
        Assert.Equal(["urgent by now"], TitlesOf(NextOf(BatchChoice.Edits)));
    }

    [Fact]
    public void Child_WaitsForItsParentAndMakesItAsUrgent_OverAllGenerations()
    {
        var customer = Records("customer").Create("customer", "");
        Records("customer").Create("another", "");
        var job = Records("job").Create("job", "", customer.Id);
        Records("task").Create("task", "", job.Id, OperationPriority.High);

        Assert.Equal(["customer"], TitlesOf(NextOf(BatchChoice.Edits, limit: 1)));
        AnswerOf(BatchChoice.Edits);
        Assert.Equal(["job"], TitlesOf(NextOf(BatchChoice.Edits, limit: 1)));
        AnswerOf(BatchChoice.Edits);
        Assert.Equal(["task"], TitlesOf(NextOf(BatchChoice.Edits, limit: 1)));
        AnswerOf(BatchChoice.Edits);
        Assert.Equal(["another"], TitlesOf(NextOf(BatchChoice.Edits)));
    }

    [Fact]
    public void Child_OfBulk_TakesItAlong()
    {
        var photo = Records("photo").Create("photo", "");
        Records("job").Create("annotation", "", photo.Id);

        Assert.Equal(["photo"], TitlesOf(NextOf(BatchChoice.Edits)));
    }

    [Fact]
    public void Child_OfWhatWasRefused_IsHeldBackAndTheOthersFlow()
    {
        var job = Records("job").Create("refused", "");
        var sequence = Assert.Single(NextOf(BatchChoice.Edits)!.Operations).Sequence;
        Store.Write(transaction => OutboxQueue.Park(transaction, sequence, "too_large"));
        var task = Records("task").Create("task", "", job.Id);
        Records("photo").Create("of the task", "", task.Id);
        Records("job").Create("other", "");
        Records("photo").Create("of nothing", "");

        Assert.Equal(["other"], TitlesOf(NextOf(BatchChoice.Edits)));
        AnswerOf(BatchChoice.Edits);
        Assert.Null(NextOf(BatchChoice.Edits));
        Assert.Equal(new HeldBack(Dependent: 2, Bulk: 1), Store.Read(static transaction => transaction.Outbox.HeldBack(BatchChoice.All with { Priorities = PhotosAreLow })));

        Records("job").Update(job.Id, "shorter", "");
        Assert.Equal(["shorter"], TitlesOf(NextOf(BatchChoice.Edits)));
        AnswerOf(BatchChoice.Edits);
        Assert.Equal(["task"], TitlesOf(NextOf(BatchChoice.Edits)));
    }

    [Fact]
    public void Edit_InPlaceOfWhatWasRefused_StillWaitsForItsParent()
    {
        var job = Records("job").Create("job", "");
        var task = Records("task").Create("task", "", job.Id);
        NextOf(BatchChoice.Edits);
        AnswerOf(BatchChoice.Edits);
        var sequence = Assert.Single(NextOf(BatchChoice.Edits)!.Operations).Sequence;
        Store.Write(transaction => OutboxQueue.Park(transaction, sequence, "too_large"));
        Records("job").Update(job.Id, "job again", "");
        Records("task").Update(task.Id, "shorter", "");

        Assert.Equal(["job again"], TitlesOf(NextOf(BatchChoice.Edits)));
    }

    [Fact]
    public void Edit_Again_MakesItNoLater()
    {
        var job = Records("job").Create("first", "", priority: OperationPriority.High);
        Records("job").Create("other", "", priority: OperationPriority.High);
        Records("job").Update(job.Id, "again", "", OperationPriority.Low);

        Assert.Equal(["again"], TitlesOf(NextOf(BatchChoice.All, limit: 1)));
    }

    [Fact]
    public void Suspects_ArePassedOverAndNothingElse()
    {
        Records("job").Create("suspect", "", priority: OperationPriority.High);
        Records("job").Create("older and medium", "");
        var suspect = Assert.Single(NextOf(BatchChoice.Edits, limit: 1)!.Operations);
        Store.Write(transaction => OutboxQueue.Unseal(transaction));

        Assert.Equal(["older and medium"], TitlesOf(NextOf(BatchChoice.Edits with { PassedOver = [suspect.Sequence] })));
    }

    private static IEnumerable<string> TitlesOf(OutboxBatch? batch) => batch?.Operations.Select(static operation => operation.Content.Title) ?? [];

    private RecordRepository Records(string entity) => new(Store, entity, _options, _random, static _ => { });

    private OutboxBatch? NextOf(BatchChoice choice, int limit = 100) => Store.Write(transaction =>
        OutboxQueue.NextBatch(transaction, limit, () => $"key {++_keys}", choice with { Priorities = PhotosAreLow }));

    /// <summary>The server has taken the batch that is under way.</summary>
    private void AnswerOf(BatchChoice choice) => Store.Write(transaction =>
    {
        foreach (var operation in OutboxQueue.NextBatch(transaction, 1, static () => throw new InvalidOperationException("Nothing is under way."), choice)!.Operations)
        {
            transaction.Outbox.Remove(operation.Sequence);
            ServerRevisions.Confirm(transaction, operation.NoteId, operation.Sequence, operation.Content.Edited.Millis);
        }
    });
}
