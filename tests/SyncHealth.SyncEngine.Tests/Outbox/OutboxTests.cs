using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Outbox;

public sealed class OutboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outbox-").FullName;
    private readonly LocalDatabase _database;
    private readonly NotesRepository _notes;
    private int _keys;

    public OutboxTests()
    {
        _database = LocalDatabase.Open(Path.Combine(_folder, "notes.db"), "phone");
        _notes = new NotesRepository(_database, "phone", new ManualTimeProvider(Some.Start), new Random(1));
    }

    [Fact]
    public void Edits_BeforeTheFirstPush_FoldIntoOneInsert()
    {
        var id = _notes.Create("a", "").Id;
        _notes.Update(id, "b", "");
        _notes.Update(id, "c", "");

        var operation = Assert.Single(Next()!.Operations);

        Assert.Equal((OperationKind.Insert, "c", 3), (operation.Kind, operation.Content.Title, operation.Edits));
    }

    [Fact]
    public void Delete_OfANoteNobodyHasSeen_LeavesNothingToSend()
    {
        _notes.Delete(_notes.Create("a", "").Id);

        Assert.Null(Next());
        Assert.Equal(0, _database.Read(OutboxQueue.Depth).Waiting);
    }

    [Fact]
    public void Edit_AfterSealing_WaitsForTheNextBatchAndLeavesTheSealedOneAlone()
    {
        var id = _notes.Create("sent", "").Id;
        var first = Next()!;
        _notes.Update(id, "later", "");

        var again = Next()!;

        Assert.Equal(first.Key, again.Key);
        Assert.Equal("sent", Assert.Single(again.Operations).Content.Title);
        Assert.Equal(2, _database.Read(OutboxQueue.Depth).Waiting);
    }

    [Fact]
    public void Delete_WhileTheInsertIsOnItsWay_FollowsIt()
    {
        var id = _notes.Create("sent", "").Id;
        var first = Next()!;
        _notes.Delete(id);
        Drop(first);

        Assert.Equal(OperationKind.Delete, Assert.Single(Next()!.Operations).Kind);
    }

    [Fact]
    public void Parked_Operation_IsReplacedByTheNextEdit()
    {
        var id = _notes.Create("refused", "").Id;
        var sequence = Assert.Single(Next()!.Operations).Sequence;
        _database.Write(statements =>
        {
            OutboxQueue.Park(statements, sequence, "too_large");
            return 0;
        });
        Assert.Null(Next());

        _notes.Update(id, "shorter", "");

        Assert.Equal("shorter", Assert.Single(Next()!.Operations).Content.Title);
        Assert.Equal(0, _database.Read(OutboxQueue.Depth).Parked);
    }

    [Fact]
    public void Unseal_KeepsTheNewerEdit()
    {
        var id = _notes.Create("old", "").Id;
        Next();
        _notes.Update(id, "new", "");

        _database.Write(statements =>
        {
            OutboxQueue.Unseal(statements);
            return 0;
        });

        Assert.Equal("new", Assert.Single(Next()!.Operations).Content.Title);
    }

    /// <summary>Two edits on their way and a third made meanwhile: if what carries them loses, three are lost.</summary>
    [Fact]
    public void Reopen_WithANewerEdit_CarriesTheOlderEditsInItsCount()
    {
        var id = _notes.Create("sent", "").Id;
        _notes.Update(id, "sent too", "");
        var sequence = Assert.Single(Next()!.Operations).Sequence;
        _notes.Update(id, "newer", "");

        _database.Write(statements =>
        {
            OutboxQueue.Reopen(statements, sequence);
            return 0;
        });

        var operation = Assert.Single(Next()!.Operations);
        Assert.Equal(("newer", 3), (operation.Content.Title, operation.Edits));
    }

    [Fact]
    public void Unseal_WithANewerEdit_CarriesTheOlderEditsInItsCount()
    {
        var id = _notes.Create("old", "").Id;
        _notes.Create("beside it", "");
        Next();
        _notes.Update(id, "new", "");

        _database.Write(statements =>
        {
            OutboxQueue.Unseal(statements);
            return 0;
        });

        Assert.Equal([1, 2], Next()!.Operations.Select(operation => operation.Edits).Order());
    }

    [Fact]
    public void Parked_ReplacedByTheNextEdit_CountsItsEditsOn()
    {
        var id = _notes.Create("refused", "").Id;
        _notes.Update(id, "refused too", "");
        var sequence = Assert.Single(Next()!.Operations).Sequence;
        _database.Write(statements =>
        {
            OutboxQueue.Park(statements, sequence, "too_large");
            return 0;
        });

        _notes.Update(id, "shorter", "");

        Assert.Equal(3, Assert.Single(Next()!.Operations).Edits);
    }

    [Fact]
    public void Write_ThatThrows_LeavesNeitherNoteNorOperation()
    {
        Assert.Throws<InvalidOperationException>(() => _database.Write<int>(statements =>
        {
            var content = new Revision("half", "", false, new(1, "phone"));
            NoteRows.Put(statements, "n", content);
            OutboxQueue.Enqueue(statements, "n", content, Some.Start);
            throw new InvalidOperationException("The app was killed here.");
        }));

        Assert.Empty(_notes.List());
        Assert.Equal(0, _database.Read(OutboxQueue.Depth).Waiting);
    }

    public void Dispose()
    {
        _database.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private OutboxBatch? Next() => _database.Write(statements => OutboxQueue.NextBatch(statements, "phone", 100, () => $"key {++_keys}"));

    private void Drop(OutboxBatch batch) => _database.Write(statements =>
    {
        foreach (var operation in batch.Operations)
            OutboxQueue.Drop(statements, operation.Sequence);
        return 0;
    });
}
