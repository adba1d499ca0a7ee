using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>Several devices of one account against the real server.</summary>
public class ConvergenceTests
{
    /// <summary>Where the devices keep their data.</summary>
    protected virtual StoreKind Store => StoreKind.Sqlite;

    [Fact]
    public async Task Sync_TwoDevices_SeeEachOthersNotes()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        await using var tablet = new TestDevice(server, "tablet", store: Store);
        phone.Engine.Notes.Create("milk", "two litres");
        tablet.Engine.Notes.Create("bread", "");

        await phone.SyncAsync();
        await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal(["bread", "milk"], Titles(phone));
        Assert.Equal(["bread", "milk"], Titles(tablet));
        Assert.Equal(DataState.Synced, phone.Engine.Status().State);
    }

    [Fact]
    public async Task Sync_OtherAccount_SeesNothing()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var ann = new TestDevice(server, "phone", "ann", store: Store);
        await using var bob = new TestDevice(server, "other", "bob", store: Store);
        ann.Engine.Notes.Create("secret", "");

        await ann.SyncAsync();
        var result = await bob.SyncAsync();

        Assert.Equal(0, result.Pulled);
        Assert.Empty(bob.Engine.Notes.List());
    }

    [Fact]
    public async Task Sync_ConcurrentEdits_LaterWinsAndTheLoserReportsOnce()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        await using var tablet = new TestDevice(server, "tablet", store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "phone 1", "");
        phone.Engine.Notes.Update(id, "phone 2", "");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "tablet", "");

        var first = await tablet.SyncAsync();
        var second = await phone.SyncAsync();
        var third = await tablet.SyncAsync();

        Assert.Equal([0, 1, 0], [first.Conflicts, second.Conflicts, third.Conflicts]);
        Assert.Equal("tablet", phone.Engine.Notes.Find(id)!.Content.Title);
        Assert.Equal("tablet", tablet.Engine.Notes.Find(id)!.Content.Title);
        var conflict = await ConflictAsync(phone);
        Assert.Equal(("update_update", "lww", "remote", 2), conflict);
        Assert.Equal("phone 2", Assert.Single(phone.Engine.Notes.LostEdits()).Title);
    }

    [Fact]
    public async Task Sync_ConcurrentEdits_LaterPusherWinsAndSaysOneEditWasDiscarded()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        await using var tablet = new TestDevice(server, "tablet", store: Store);
        var id = await ShareAsync(phone, tablet);
        tablet.Engine.Notes.Update(id, "tablet", "");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        phone.Engine.Notes.Update(id, "phone", "");

        await tablet.SyncAsync();
        await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal("phone", tablet.Engine.Notes.Find(id)!.Content.Title);
        Assert.Equal(("update_update", "lww", "local", 1), await ConflictAsync(phone));
        Assert.DoesNotContain(await AttemptsAsync(tablet), attempt => attempt.GetProperty("conflictCount").GetInt32() > 0);
    }

    [Fact]
    public async Task Sync_DeleteAgainstLaterUpdate_TheUpdateBringsTheNoteBack()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        await using var tablet = new TestDevice(server, "tablet", store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Delete(id);
        await phone.SyncAsync();
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "still needed", "");

        await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal("still needed", phone.Engine.Notes.Find(id)?.Content.Title);
        Assert.Equal(("update_delete", "lww", "local", 1), await ConflictAsync(tablet));
    }

    [Fact]
    public async Task Sync_DeleteAgainstEarlierUpdate_TheNoteIsGoneEverywhere()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        await using var tablet = new TestDevice(server, "tablet", store: Store);
        var id = await ShareAsync(phone, tablet);
        tablet.Engine.Notes.Update(id, "too early", "");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        phone.Engine.Notes.Delete(id);

        await tablet.SyncAsync();
        await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Empty(phone.Engine.Notes.List());
        Assert.Empty(tablet.Engine.Notes.List());
        Assert.Equal(("delete_update", "lww", "local", 1), await ConflictAsync(phone));
    }

    [Fact]
    public async Task Sync_EditMadeDuringThePull_MeetsTheRemoteEditHere()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        await using var tablet = new TestDevice(server, "tablet", store: Store);
        var id = await ShareAsync(phone, tablet);
        tablet.Engine.Notes.Update(id, "tablet", "");
        await tablet.SyncAsync();
        server.Time.Advance(TimeSpan.FromMinutes(1));
        phone.Network.Before = request =>
        {
            phone.Network.Before = _ => Task.CompletedTask;
            phone.Engine.Notes.Update(id, "typed while pulling", "");
            return Task.CompletedTask;
        };

        var first = await phone.SyncAsync();
        var second = await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal([1, 0], [first.Conflicts, second.Conflicts]);
        Assert.Equal("tablet", Assert.Single(phone.Engine.Notes.LostEdits()).Title);
        Assert.Equal("typed while pulling", tablet.Engine.Notes.Find(id)!.Content.Title);
    }

    [Fact]
    public async Task Sync_SameTextOnBothSides_IsNoConflict()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        await using var tablet = new TestDevice(server, "tablet", store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "agreed", "");
        tablet.Engine.Notes.Update(id, "agreed", "");

        await tablet.SyncAsync();
        var result = await phone.SyncAsync();

        Assert.Equal(0, result.Conflicts);
    }

    [Fact]
    public async Task Sync_ClockYearsAhead_WinsForMinutesOnly()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", store: Store);
        var ahead = new Testing.ManualTimeProvider(Some.Start.AddYears(10));
        await using var tablet = new TestDevice(server.Address, ahead, "tablet", store: Store);
        var id = await ShareAsync(phone, tablet);
        tablet.Engine.Notes.Update(id, "from the future", "");
        await tablet.SyncAsync();
        server.Time.Advance(TimeSpan.FromMinutes(6));
        phone.Engine.Notes.Update(id, "from today", "");

        await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal("from today", tablet.Engine.Notes.Find(id)!.Content.Title);
    }

    private static async Task<string> ShareAsync(TestDevice from, TestDevice to)
    {
        var id = from.Engine.Notes.Create("shared", "").Id;
        await from.SyncAsync();
        await to.SyncAsync();
        return id;
    }

    private static string[] Titles(TestDevice device) => [.. device.Engine.Notes.List().Select(note => note.Content.Title).Order()];

    private static async Task<List<System.Text.Json.JsonElement>> AttemptsAsync(TestDevice device)
    {
        Assert.True(await device.Telemetry.FlushAsync());
        return [.. device.Ingest.Events.Where(item => item.GetProperty("type").GetString() is "full" or "delta")];
    }

    private static async Task<(string? Kind, string? Strategy, string? Winner, int Discarded)> ConflictAsync(TestDevice device)
    {
        var attempts = await AttemptsAsync(device);
        var conflict = Assert.Single(attempts.SelectMany(attempt => attempt.TryGetProperty("conflicts", out var list) ? [.. list.EnumerateArray()] : Array.Empty<System.Text.Json.JsonElement>()));
        Assert.Equal("note", conflict.GetProperty("entity").GetString());
        return (conflict.GetProperty("kind").GetString(), conflict.GetProperty("strategy").GetString(), conflict.GetProperty("winner").GetString(), conflict.GetProperty("discarded").GetInt32());
    }
}
