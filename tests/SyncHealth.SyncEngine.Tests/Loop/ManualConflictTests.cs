using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>Conflicts that a person settles, against the real server.</summary>
public class ManualConflictTests : IAsyncLifetime
{
    private static readonly Action<EngineOptions> Asking = static options => options.Conflicts[EntityNames.Note] = new AskTheApp();

    private NotesServerFixture _server = null!;
    private TestDevice _phone = null!;
    private TestDevice _tablet = null!;
    private string _id = "";

    /// <summary>The article's story: the tablet has changed the address and is synced; the phone, offline, has changed the number twice.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = await NotesServerFixture.StartAsync();
        _phone = new TestDevice(_server, "phone", configure: Asking, store: Store);
        _tablet = new TestDevice(_server, "tablet", configure: Asking, store: Store);
        _id = _phone.Engine.Notes.Create("555-0100", "Old Street").Id;
        await _phone.SyncAsync();
        await _tablet.SyncAsync();
        _phone.Engine.Notes.Update(_id, "555-0101", "Old Street");
        _phone.Engine.Notes.Update(_id, "555-0200", "Old Street");
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        _tablet.Engine.Notes.Update(_id, "555-0100", "New Street");
        await _tablet.SyncAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _phone.DisposeAsync();
        await _tablet.DisposeAsync();
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Where the devices keep their data.</summary>
    protected virtual StoreKind Store => StoreKind.Sqlite;

    [Fact]
    public async Task Sync_Conflict_KeepsBothEditsAndWaits()
    {
        var result = await _phone.SyncAsync();
        var again = await _phone.SyncAsync();

        var waiting = Assert.Single(_phone.Engine.Conflicts.List());
        Assert.Equal(("555-0200", "Old Street"), (waiting.Mine.Title, waiting.Mine.Body));
        Assert.Equal(("555-0100", "New Street"), (waiting.Theirs.Title, waiting.Theirs.Body));
        Assert.Equal(("555-0100", "Old Street"), (waiting.Origin?.Title, waiting.Origin?.Body));
        Assert.Equal("555-0200", _phone.Engine.Notes.Find(_id)!.Content.Title);
        Assert.Equal((1, 0, 0), (result.Conflicts, again.Conflicts, again.Pushed));
        Assert.Equal((DataState.LocalChangesPending, 0, 1), (_phone.Engine.Status().State, _phone.Engine.Status().Outbox.Waiting, _phone.Engine.Status().Outbox.Parked));
        Assert.Equal(new ReportedConflict(EntityNames.Note, "update_update", "unresolved", "unknown", 0), Assert.Single(await _phone.ReportedConflictsAsync()));
    }

    [Fact]
    public async Task KeepMine_IsSentAndTheirEditIsReportedLost()
    {
        await _phone.SyncAsync();

        Assert.True(_phone.Engine.Conflicts.Keep(_id, isMine: true));
        await MeetAsync();

        AssertBothHave("555-0200", "Old Street");
        Assert.Equal(Decided("local", 1), (await _phone.ReportedConflictsAsync())[^1]);
        Assert.Equal("New Street", Assert.Single(_phone.Engine.Notes.LostEdits()).Body);
    }

    [Fact]
    public async Task KeepTheirs_DropsMineAndReportsEveryEditOfIt()
    {
        await _phone.SyncAsync();

        Assert.True(_phone.Engine.Conflicts.Keep(_id, isMine: false));
        await MeetAsync();

        AssertBothHave("555-0100", "New Street");
        Assert.Equal(Decided("remote", 2), (await _phone.ReportedConflictsAsync())[^1]);
        Assert.Equal("555-0200", Assert.Single(_phone.Engine.Notes.LostEdits()).Title);
    }

    [Fact]
    public async Task Merge_IsSentAndNothingIsLost()
    {
        await _phone.SyncAsync();

        Assert.True(_phone.Engine.Conflicts.Merge(_id, "555-0200", "New Street"));
        await MeetAsync();

        AssertBothHave("555-0200", "New Street");
        Assert.Equal(Decided("merged", 0), (await _phone.ReportedConflictsAsync())[^1]);
        Assert.Empty(_phone.Engine.Notes.LostEdits());
    }

    /// <summary>The app dies with the question on the screen; meanwhile both sides go on editing.</summary>
    [Fact]
    public async Task Restart_AndFurtherEditsOfBothSides_AskOnceAboutTheNewest()
    {
        await _phone.SyncAsync();
        _phone.Restart();
        _phone.Engine.Notes.Update(_id, "555-0300", "Old Street");
        _tablet.Engine.Notes.Update(_id, "555-0100", "Newest Street");
        await _tablet.SyncAsync();

        var result = await _phone.SyncAsync();

        var waiting = Assert.Single(_phone.Engine.Conflicts.List());
        Assert.Equal(("555-0300", "Newest Street"), (waiting.Mine.Title, waiting.Theirs.Body));
        Assert.Equal((0, 0), (result.Conflicts, result.Pushed));
        Assert.True(_phone.Engine.Conflicts.Keep(_id, isMine: false));
        await _phone.SyncAsync();
        Assert.Equal(Decided("remote", 3), (await _phone.ReportedConflictsAsync())[^1]);
    }

    [Fact]
    public async Task TheirDeletion_AgainstMyEdit_WaitsToo()
    {
        await _phone.SyncAsync();
        _phone.Engine.Conflicts.Keep(_id, isMine: false);
        await MeetAsync();
        _phone.Engine.Notes.Update(_id, "still needed", "");
        _tablet.Engine.Notes.Delete(_id);
        await _tablet.SyncAsync();

        await _phone.SyncAsync();

        var waiting = Assert.Single(_phone.Engine.Conflicts.List());
        Assert.Equal((ConflictKind.UpdateDelete, true), (waiting.Kind, waiting.Theirs.IsDeleted));
        Assert.True(_phone.Engine.Conflicts.Keep(_id, isMine: true));
        await MeetAsync();
        AssertBothHave("still needed", "");
    }

    /// <summary>Somebody has made the same edit elsewhere: there is nothing left to ask.</summary>
    [Fact]
    public async Task BothSidesSayTheSame_TheQuestionGoesAway()
    {
        await _phone.SyncAsync();
        _tablet.Engine.Notes.Update(_id, "555-0200", "Old Street");
        await _tablet.SyncAsync();

        await MeetAsync();

        Assert.Empty(_phone.Engine.Conflicts.List());
        Assert.Equal(DataState.Synced, _phone.Engine.Status().State);
        AssertBothHave("555-0200", "Old Street");
    }

    [Fact]
    public void Keep_WhereNothingWaits_IsFalse()
    {
        Assert.False(_phone.Engine.Conflicts.Keep(_id, isMine: true));
        Assert.False(_phone.Engine.Conflicts.Merge("unheard of", "", ""));
    }

    private static ReportedConflict Decided(string winner, int discarded) => new(EntityNames.Note, "update_update", "manual", winner, discarded);

    private async Task MeetAsync()
    {
        await _phone.SyncAsync();
        await _phone.SyncAsync();
        await _tablet.SyncAsync();
    }

    private void AssertBothHave(string title, string body)
    {
        foreach (var device in (TestDevice[])[_phone, _tablet])
            Assert.Equal((title, body), (device.Engine.Notes.Find(_id)?.Content.Title, device.Engine.Notes.Find(_id)?.Content.Body));
    }
}
