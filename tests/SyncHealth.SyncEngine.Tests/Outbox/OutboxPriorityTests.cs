using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Outbox;

/// <summary>In what order operations leave, and what waits for what.</summary>
public sealed class OutboxPriorityTests : IDisposable
{
    private const string Priorities = """{"photo":2}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("priority-").FullName;
    private readonly LocalDatabase _database;
    private readonly EngineOptions _options = new() { Device = "phone", TimeProvider = new ManualTimeProvider(Some.Start), Priorities = { ["photo"] = OperationPriority.Low } };
    private readonly Random _random = new(1);
    private int _keys;

    public OutboxPriorityTests() => _database = LocalDatabase.Open(Path.Combine(_folder, "notes.db"), "phone");

    [Fact]
    public void Seal_TakesTheMostUrgentFirst_ThenTheOldest()
    {
        Records("photo").Create("low", "");
        Records("job").Create("medium", "");
        Records("job").Create("high", "", priority: OperationPriority.High);
        Records("job").Create("medium too", "");

        Assert.Equal(["high"], TitlesOf(Next(BatchChoice.All, limit: 1)));
        Answer(BatchChoice.All);
        Assert.Equal(["medium", "medium too"], TitlesOf(Next(BatchChoice.All, limit: 2)));
        Answer(BatchChoice.All);
        Assert.Equal(["low"], TitlesOf(Next(BatchChoice.All)));
    }

    [Fact]
    public void Bulk_ThatIsUnanswered_HoldsNoEditUpAndKeepsItsKey()
    {
        Records("photo").Create("low", "");
        var bulk = Next(BatchChoice.Bulk)!;
        Records("job").Create("medium", "");

        Assert.Equal(["medium"], TitlesOf(Next(BatchChoice.Edits)));
        Answer(BatchChoice.Edits);
        Assert.Null(Next(BatchChoice.Edits));
        Assert.Equal(bulk.Key, Next(BatchChoice.Bulk)!.Key);
    }

    [Fact]
    public void Bulk_Refused_LeavesTheEditsThatAreOnTheirWayAlone()
    {
        Records("photo").Create("low", "");
        Records("job").Create("medium", "");
        var (edits, bulk) = (Next(BatchChoice.Edits)!, Next(BatchChoice.Bulk)!);

        Write(statements => OutboxQueue.Unseal(statements, bulk.Key));

        Assert.Equal(edits.Key, Next(BatchChoice.Edits)!.Key);
        Assert.NotEqual(bulk.Key, Next(BatchChoice.Bulk)!.Key);
    }

    [Fact]
    public void Edit_OfWhatIsOnItsWayAsBulk_WaitsForTheAnswer()
    {
        var photo = Records("photo").Create("low", "");
        Next(BatchChoice.Bulk);
        Records("photo").Update(photo.Id, "urgent by now", "", OperationPriority.High);

        Assert.Null(Next(BatchChoice.Edits));
        Answer(BatchChoice.Bulk);
        Assert.Equal(["urgent by now"], TitlesOf(Next(BatchChoice.Edits)));
    }

    [Fact]
    public void Child_WaitsForItsParentAndMakesItAsUrgent_OverAllGenerations()
    {
        var customer = Records("customer").Create("customer", "");
        Records("customer").Create("another", "");
        var job = Records("job").Create("job", "", customer.Id);
        Records("task").Create("task", "", job.Id, OperationPriority.High);

        Assert.Equal(["customer"], TitlesOf(Next(BatchChoice.Edits, limit: 1)));
        Answer(BatchChoice.Edits);
        Assert.Equal(["job"], TitlesOf(Next(BatchChoice.Edits, limit: 1)));
        Answer(BatchChoice.Edits);
        Assert.Equal(["task"], TitlesOf(Next(BatchChoice.Edits, limit: 1)));
        Answer(BatchChoice.Edits);
        Assert.Equal(["another"], TitlesOf(Next(BatchChoice.Edits)));
    }

    [Fact]
    public void Child_OfBulk_TakesItAlong()
    {
        var photo = Records("photo").Create("photo", "");
        Records("job").Create("annotation", "", photo.Id);

        Assert.Equal(["photo"], TitlesOf(Next(BatchChoice.Edits)));
    }

    [Fact]
    public void Child_OfWhatWasRefused_IsHeldBackAndTheOthersFlow()
    {
        var job = Records("job").Create("refused", "");
        var sequence = Assert.Single(Next(BatchChoice.Edits)!.Operations).Sequence;
        Write(statements => OutboxQueue.Park(statements, sequence, "too_large"));
        var task = Records("task").Create("task", "", job.Id);
        Records("photo").Create("of the task", "", task.Id);
        Records("job").Create("other", "");
        Records("photo").Create("of nothing", "");

        Assert.Equal(["other"], TitlesOf(Next(BatchChoice.Edits)));
        Answer(BatchChoice.Edits);
        Assert.Null(Next(BatchChoice.Edits));
        Assert.Equal(new HeldBack(Dependent: 2, Bulk: 1), _database.Read(statements => OutboxQueue.CountHeldBack(statements, Priorities)));

        Records("job").Update(job.Id, "shorter", "");
        Assert.Equal(["shorter"], TitlesOf(Next(BatchChoice.Edits)));
        Answer(BatchChoice.Edits);
        Assert.Equal(["task"], TitlesOf(Next(BatchChoice.Edits)));
    }

    [Fact]
    public void Edit_InPlaceOfWhatWasRefused_StillWaitsForItsParent()
    {
        var job = Records("job").Create("job", "");
        var task = Records("task").Create("task", "", job.Id);
        Next(BatchChoice.Edits);
        Answer(BatchChoice.Edits);
        var sequence = Assert.Single(Next(BatchChoice.Edits)!.Operations).Sequence;
        Write(statements => OutboxQueue.Park(statements, sequence, "too_large"));
        Records("job").Update(job.Id, "job again", "");
        Records("task").Update(task.Id, "shorter", "");

        Assert.Equal(["job again"], TitlesOf(Next(BatchChoice.Edits)));
    }

    [Fact]
    public void Edit_Again_MakesItNoLater()
    {
        var job = Records("job").Create("first", "", priority: OperationPriority.High);
        Records("job").Create("other", "", priority: OperationPriority.High);
        Records("job").Update(job.Id, "again", "", OperationPriority.Low);

        Assert.Equal(["again"], TitlesOf(Next(BatchChoice.All, limit: 1)));
    }

    [Fact]
    public void Suspects_ArePassedOverAndNothingElse()
    {
        Records("job").Create("suspect", "", priority: OperationPriority.High);
        Records("job").Create("older and medium", "");
        var suspect = Assert.Single(Next(BatchChoice.Edits, limit: 1)!.Operations);
        Write(statements => OutboxQueue.Unseal(statements));

        Assert.Equal(["older and medium"], TitlesOf(Next(BatchChoice.Edits with { PassedOver = [suspect.Sequence] })));
    }

    public void Dispose()
    {
        _database.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private RecordRepository Records(string entity) => new(_database, entity, _options, _random, static _ => { });

    private OutboxBatch? Next(BatchChoice choice, int limit = 100) => _database.Write(statements =>
        OutboxQueue.NextBatch(statements, "phone", limit, () => $"key {++_keys}", choice with { Priorities = Priorities }));

    private static IEnumerable<string> TitlesOf(OutboxBatch? batch) => batch?.Operations.Select(static operation => operation.Content.Title) ?? [];

    /// <summary>The server has taken the batch that is under way.</summary>
    private void Answer(BatchChoice choice) => Write(statements =>
    {
        foreach (var operation in OutboxQueue.NextBatch(statements, "phone", 1, static () => throw new InvalidOperationException("Nothing is under way."), choice)!.Operations)
        {
            OutboxQueue.Drop(statements, operation.Sequence);
            NoteRows.MarkConfirmed(statements, operation.NoteId, operation.Sequence, operation.Content.Edited.Millis);
        }
    });

    private void Write(Action<Statements> write) => _database.Write(statements =>
    {
        write(statements);
        return 0;
    });
}
