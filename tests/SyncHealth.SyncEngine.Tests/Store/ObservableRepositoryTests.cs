using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <summary>The local database is the one source of what a screen shows, whatever the network does.</summary>
public sealed class ObservableRepositoryTests
{
    [Fact]
    public async Task Read_WhateverIsAsked_NeverTouchesTheNetwork()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.Network.IsDown = true;
        var note = phone.Engine.Notes.Create("typed", "");

        Assert.Equal(note, phone.Engine.Notes.Find(note.Id));
        Assert.Equal([note], phone.Engine.Notes.List());
        Assert.Equal(1, phone.Engine.Notes.Count());
        Assert.Empty(phone.Engine.Notes.LostEdits());
        Assert.Empty(phone.Engine.Notes.Conflicts());
        Assert.Equal(DataState.LocalChangesPending, phone.Engine.Status().State);
        await foreach (var notes in phone.Engine.Notes.WatchAsync())
        {
            Assert.Equal([note], notes);
            break;
        }

        Assert.Equal(0, phone.Network.Requests);
    }

    [Fact]
    public async Task Watch_WhileASyncBringsPages_ShowsEachAsItArrives()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var tablet = new TestDevice(server, "tablet");
        tablet.Engine.Notes.CreateMany([("a", ""), ("b", ""), ("c", ""), ("d", "")]);
        await tablet.SyncAsync();
        await using var phone = new TestDevice(server, "phone", configure: options => options.PageLimit = 2);
        await using var lists = phone.Engine.Notes.WatchAsync().GetAsyncEnumerator();
        Assert.True(await lists.MoveNextAsync());
        Assert.Empty(lists.Current);
        var (secondPage, shown) = (new TaskCompletionSource(), new TaskCompletionSource());
        var pages = 0;
        phone.Network.Before = async _ =>
        {
            if (++pages < 2)
                return;
            secondPage.TrySetResult();
            await shown.Task;
        };

        var cycle = phone.SyncAsync();
        await secondPage.Task;
        Assert.True(await lists.MoveNextAsync());
        Assert.Equal(2, lists.Current.Count);
        shown.SetResult();
        await cycle;

        Assert.True(await lists.MoveNextAsync());
        Assert.Equal(4, lists.Current.Count);
    }

    [Fact]
    public async Task Watch_EditConfirmed_ShowsTheSameNoteWithoutItsMark()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        var note = phone.Engine.Notes.Create("typed", "");
        await using var states = phone.Engine.Notes.WatchAsync(note.Id).GetAsyncEnumerator();
        Assert.True(await states.MoveNextAsync());
        Assert.True(states.Current!.IsPending);

        await phone.SyncAsync();

        do
            Assert.True(await states.MoveNextAsync());
        while (states.Current!.IsPending);
        Assert.Equal("typed", states.Current.Content.Title);
    }

    [Fact]
    public async Task Conflicts_LastWriteWins_NamesTheLoserAndWhatItWrote()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var tablet = new TestDevice(server, "tablet");
        var id = await MeetAsync(server, phone, tablet);

        var conflict = Assert.Single(phone.Engine.Notes.Conflicts());
        Assert.Equal((id, ConflictKind.UpdateUpdate, ConflictWinner.Remote, 1, "title by the phone"), (conflict.NoteId, conflict.Kind, conflict.Winner, conflict.Discarded, conflict.Title));
    }

    [Fact]
    public async Task Conflicts_FieldMerge_IsListedThoughNothingWasLost()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: options => options.Conflicts[EntityNames.Note] = new FieldMerge());
        await using var tablet = new TestDevice(server, "tablet", configure: options => options.Conflicts[EntityNames.Note] = new FieldMerge());
        await MeetAsync(server, phone, tablet);

        var conflict = Assert.Single(phone.Engine.Notes.Conflicts());
        Assert.Equal((ConflictWinner.Merged, 0, "body by the tablet"), (conflict.Winner, conflict.Discarded, conflict.Body));
        Assert.Empty(phone.Engine.Notes.LostEdits());
    }

    /// <summary>The tablet changes the body, the phone, earlier and unseen, the title; the phone is the last to sync.</summary>
    private static async Task<string> MeetAsync(NotesServerFixture server, TestDevice phone, TestDevice tablet)
    {
        var id = phone.Engine.Notes.Create("title", "body").Id;
        await phone.SyncAsync();
        await tablet.SyncAsync();
        phone.Engine.Notes.Update(id, "title by the phone", "body");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "title", "body by the tablet");
        await tablet.SyncAsync();
        await phone.SyncAsync();
        return id;
    }
}
