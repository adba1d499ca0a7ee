using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <content>The app's repository, its reads, and the streams that emit again when something has changed.</content>
public abstract partial class LocalStoreContractTests
{
    private readonly ManualTimeProvider _time = new(Some.Start);
    private NotesRepository? _notes;
    private ILocalStore? _notesOf;

    /// <summary>The repository over the store as it is open now.</summary>
    private NotesRepository Notes
    {
        get
        {
            if (_notes is null || _notesOf != Store)
                (_notes, _notesOf) = (new NotesRepository(Store, Device, _time, new Random(1)), Store);
            return _notes;
        }
    }

    [Fact]
    public void Create_IsVisibleAtOnceAndPending()
    {
        var note = Notes.Create("title", "body");

        Assert.Equal(note, Notes.Find(note.Id));
        Assert.True(note.IsPending);
        Assert.Equal([note], Notes.List());
    }

    [Fact]
    public void Stamps_GrowEvenWhenTheClockGoesBack()
    {
        var first = Notes.Create("a", "");
        var behind = new NotesRepository(Store, Device, new ManualTimeProvider(Some.Start.AddHours(-3)), new Random(2));

        var second = behind.Update(first.Id, "b", "")!;

        Assert.True(second.Content.Edited > first.Content.Edited);
    }

    [Fact]
    public void Create_SameSeedAfterARestart_MakesAnotherId()
    {
        var first = Notes.Create("a", "").Id;
        var restarted = new NotesRepository(Store, Device, _time, new Random(1));

        Assert.NotEqual(first, restarted.Create("b", "").Id);
    }

    [Fact]
    public void Delete_HidesTheNote()
    {
        var id = Notes.Create("a", "").Id;

        Assert.True(Notes.Delete(id));
        Assert.False(Notes.Delete(id));
        Assert.Null(Notes.Find(id));
        Assert.Null(Notes.Update(id, "b", ""));
        Assert.Equal(0, Notes.Count());
    }

    [Fact]
    public void Create_TooLong_IsRefusedBeforeItIsStored()
    {
        Assert.Throws<ArgumentException>(() => Notes.Create(new string('x', NotesRepository.MaxTitleLength + 1), ""));
        Assert.Throws<ArgumentException>(() => Notes.Create("", new string('x', NotesRepository.MaxBodyLength + 1)));
        Assert.Empty(Notes.List());
    }

    [Fact]
    public async Task Watch_EmitsNowAndAfterEachChange()
    {
        await using var lists = Notes.WatchAsync().GetAsyncEnumerator();
        Assert.True(await lists.MoveNextAsync());
        Assert.Empty(lists.Current);
        var next = lists.MoveNextAsync();

        Notes.Create("a", "");

        Assert.True(await next);
        Assert.Single(lists.Current);
    }

    [Fact]
    public async Task Watch_ChangesOfAnotherNote_DoNotWakeTheWatcherOfOne()
    {
        var one = Notes.Create("one", "");
        await using var states = Notes.WatchAsync(one.Id).GetAsyncEnumerator();
        Assert.True(await states.MoveNextAsync());
        var next = states.MoveNextAsync();

        Notes.Create("another", "");
        Notes.Update(one.Id, "one, edited", "");
        Assert.True(await next);
        Assert.Equal("one, edited", states.Current?.Content.Title);

        Notes.Delete(one.Id);
        Assert.True(await states.MoveNextAsync());
        Assert.Null(states.Current);
    }

    [Fact]
    public async Task Watch_AWriteThatFails_WakesNobody()
    {
        await using var lists = Notes.WatchAsync().GetAsyncEnumerator();
        Assert.True(await lists.MoveNextAsync());
        var next = lists.MoveNextAsync();

        Assert.Throws<KilledException>(() => Store.Write(static transaction =>
        {
            transaction.Records.Edit("half", StoreWrites.Says("half", Device));
            throw new KilledException();
        }));
        Notes.Create("whole", "");

        Assert.True(await next);
        Assert.Equal(["whole"], lists.Current.Select(static note => note.Content.Title));
    }
}
