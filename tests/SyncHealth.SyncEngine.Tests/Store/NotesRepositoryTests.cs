using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

public sealed class NotesRepositoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repository-").FullName;
    private readonly ManualTimeProvider _time = new(Some.Start);
    private readonly LocalDatabase _database;
    private readonly NotesRepository _notes;

    public NotesRepositoryTests()
    {
        _database = LocalDatabase.Open(Path.Combine(_folder, "notes.db"), "phone");
        _notes = new NotesRepository(_database, "phone", _time, new Random(1));
    }

    [Fact]
    public void Create_IsVisibleAtOnceAndPending()
    {
        var note = _notes.Create("title", "body");

        Assert.Equal(note, _notes.Find(note.Id));
        Assert.True(note.IsPending);
        Assert.Equal([note], _notes.List());
    }

    [Fact]
    public void Stamps_GrowEvenWhenTheClockGoesBack()
    {
        var first = _notes.Create("a", "");
        var behind = new NotesRepository(_database, "phone", new ManualTimeProvider(Some.Start.AddHours(-3)), new Random(2));

        var second = behind.Update(first.Id, "b", "")!;

        Assert.True(second.Content.Edited > first.Content.Edited);
    }

    [Fact]
    public void Create_SameSeedAfterARestart_MakesAnotherId()
    {
        var first = _notes.Create("a", "").Id;
        var restarted = new NotesRepository(_database, "phone", _time, new Random(1));

        Assert.NotEqual(first, restarted.Create("b", "").Id);
    }

    [Fact]
    public void Delete_HidesTheNote()
    {
        var id = _notes.Create("a", "").Id;

        Assert.True(_notes.Delete(id));
        Assert.False(_notes.Delete(id));
        Assert.Null(_notes.Find(id));
        Assert.Null(_notes.Update(id, "b", ""));
        Assert.Equal(0, _notes.Count());
    }

    [Fact]
    public void Create_TooLong_IsRefusedBeforeItIsStored()
    {
        Assert.Throws<ArgumentException>(() => _notes.Create(new string('x', NotesRepository.MaxTitleLength + 1), ""));
        Assert.Throws<ArgumentException>(() => _notes.Create("", new string('x', NotesRepository.MaxBodyLength + 1)));
        Assert.Empty(_notes.List());
    }

    [Fact]
    public async Task Watch_EmitsNowAndAfterEachChange()
    {
        await using var lists = _notes.WatchAsync().GetAsyncEnumerator();
        Assert.True(await lists.MoveNextAsync());
        Assert.Empty(lists.Current);
        var next = lists.MoveNextAsync();

        _notes.Create("a", "");

        Assert.True(await next);
        Assert.Single(lists.Current);
    }

    [Fact]
    public async Task Watch_ChangesOfAnotherNote_DoNotWakeTheWatcherOfOne()
    {
        var one = _notes.Create("one", "");
        await using var states = _notes.WatchAsync(one.Id).GetAsyncEnumerator();
        Assert.True(await states.MoveNextAsync());
        var next = states.MoveNextAsync();

        _notes.Create("another", "");
        _notes.Update(one.Id, "one, edited", "");
        Assert.True(await next);
        Assert.Equal("one, edited", states.Current?.Content.Title);

        _notes.Delete(one.Id);
        Assert.True(await states.MoveNextAsync());
        Assert.Null(states.Current);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
