using System.Text.Json;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>Devices that merge field by field, against the real server.</summary>
public class FieldMergeConvergenceTests
{
    private static readonly Action<EngineOptions> Merging = static options => options.Conflicts[EntityNames.Note] = new FieldMerge();

    /// <summary>Where the devices keep their data.</summary>
    protected virtual StoreKind Store => StoreKind.Sqlite;

    /// <summary>The article's story: one edits the phone number, the other the address. Last write wins loses one of them, this keeps both.</summary>
    [Fact]
    public async Task Sync_OtherFieldOnEachDevice_BothEditsAreEverywhereAndNothingIsLost()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Merging, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Merging, store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "title of the phone", "body");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "title", "body of the tablet");

        var first = await tablet.SyncAsync();
        var second = await phone.SyncAsync();
        var third = await tablet.SyncAsync();

        Assert.Equal([0, 1, 0], [first.Conflicts, second.Conflicts, third.Conflicts]);
        foreach (var device in (TestDevice[])[phone, tablet])
        {
            Assert.Equal(("title of the phone", "body of the tablet"), ContentOf(device, id));
            Assert.Equal(DataState.Synced, device.Engine.Status().State);
            Assert.Empty(device.Engine.Notes.LostEdits());
        }

        Assert.Equal(("update_update", "merge", "merged", 0), await ConflictAsync(phone));
    }

    [Fact]
    public async Task Sync_SameFieldOnBothDevices_TheLaterStaysAndTheLoserIsKeptAndReported()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Merging, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Merging, store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "phone", "body");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "tablet", "body");

        await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal(("tablet", "body"), ContentOf(phone, id));
        Assert.Equal("phone", Assert.Single(phone.Engine.Notes.LostEdits()).Title);
        Assert.Equal(("update_update", "merge", "remote", 1), await ConflictAsync(phone));
    }

    /// <summary>The server refuses the edit on its way while a newer one of the note waits: the loss counts both.</summary>
    [Fact]
    public async Task Sync_EditedAgainWhileTheLosingEditWasOnItsWay_CountsEveryLostEdit()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Merging, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Merging, store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "phone 1", "body");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Update(id, "tablet", "body");
        await tablet.SyncAsync();
        server.Time.Advance(TimeSpan.FromMinutes(-1));
        phone.Network.Before = _ =>
        {
            phone.Network.Before = static _ => Task.CompletedTask;
            phone.Engine.Notes.Update(id, "phone 2", "body");
            return Task.CompletedTask;
        };

        await phone.SyncAsync();

        Assert.Equal(("update_update", "merge", "remote", 2), await ConflictAsync(phone));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_DeletionMeetsAnEdit_TheEditStaysOnBoth(bool isDeletionFirst)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Merging, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Merging, store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "still needed", "body");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        tablet.Engine.Notes.Delete(id);

        foreach (var device in isDeletionFirst ? (TestDevice[])[tablet, phone, tablet] : [phone, tablet, phone])
            await device.SyncAsync();

        Assert.Equal(("still needed", "body"), ContentOf(phone, id));
        Assert.Equal(("still needed", "body"), ContentOf(tablet, id));
    }

    /// <summary>The push is answered, the answer is lost: the retry must not merge twice, nor make a conflict with oneself.</summary>
    [Fact]
    public async Task Sync_AnswerOfTheRefusedPushLost_MergesOnce()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Merging, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Merging, store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "title of the phone", "body");
        tablet.Engine.Notes.Update(id, "title", "body of the tablet");
        await tablet.SyncAsync();
        phone.Network.AnswersToLose = 1;

        var result = await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal(1, result.Conflicts);
        Assert.Equal(("title of the phone", "body of the tablet"), ContentOf(tablet, id));
    }

    /// <summary>The app dies between the refusal and the second push: what waits is in the file, and what both edits came from too.</summary>
    [Fact]
    public async Task Restart_WithAnEditThatWaits_StillMergesByTheOrigin()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Merging, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Merging, store: Store);
        var id = await ShareAsync(phone, tablet);
        phone.Engine.Notes.Update(id, "title of the phone", "body");
        tablet.Engine.Notes.Update(id, "title", "body of the tablet");
        await tablet.SyncAsync();

        phone.Restart();
        await phone.SyncAsync();

        Assert.Equal(("title of the phone", "body of the tablet"), ContentOf(phone, id));
    }

    /// <summary>Three devices edit, delete and sync in random order: at the end all have the same notes, whatever met whom.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Sync_ThreeDevicesAtRandom_Converge(int seed)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Merging, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Merging, store: Store);
        await using var watch = new TestDevice(server, "watch", configure: Merging, store: Store);
        TestDevice[] devices = [phone, tablet, watch];
        var random = new Random(seed);
        for (var note = 0; note < 4; note++)
            phone.Engine.Notes.Create($"title {note}", $"body {note}");
        for (var step = 0; step < 120; step++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(random.Next(90)));
            await ActAsync(devices[random.Next(devices.Length)], random, step);
        }

        // Each of the last conflicts takes a push and the others' pull to settle.
        for (var round = 0; round < devices.Length; round++)
            foreach (var device in devices)
                await device.SyncAsync();

        Assert.All(devices, device => Assert.Equal(DataState.Synced, device.Engine.Status().State));
        var expected = NotesOf(phone);
        Assert.All(devices, device => Assert.Equal(expected, NotesOf(device)));
    }

    private static async Task ActAsync(TestDevice device, Random random, int step)
    {
        var notes = device.Engine.Notes.List();
        if (notes.Count == 0 || random.Next(3) == 0)
        {
            await device.SyncAsync();
            return;
        }

        var note = notes[random.Next(notes.Count)];
        if (random.Next(12) == 0)
            device.Engine.Notes.Delete(note.Id);
        else if (random.Next(2) == 0)
            device.Engine.Notes.Update(note.Id, $"title of step {step}", note.Content.Body);
        else
            device.Engine.Notes.Update(note.Id, note.Content.Title, $"body of step {step}");
    }

    private static async Task<string> ShareAsync(TestDevice from, TestDevice to)
    {
        var id = from.Engine.Notes.Create("title", "body").Id;
        await from.SyncAsync();
        await to.SyncAsync();
        return id;
    }

    private static (string? Title, string? Body) ContentOf(TestDevice device, string id) =>
        device.Engine.Notes.Find(id) is { Content: var content } ? (content.Title, content.Body) : default;

    private static string[] NotesOf(TestDevice device) =>
        [.. device.Engine.Notes.List().Select(note => $"{note.Id} {note.Content.Title} {note.Content.Body}").Order(StringComparer.Ordinal)];

    private static async Task<(string? Kind, string? Strategy, string? Winner, int Discarded)> ConflictAsync(TestDevice device)
    {
        Assert.True(await device.Telemetry.FlushAsync());
        var conflict = Assert.Single(device.Ingest.Events
            .Where(item => item.TryGetProperty("conflicts", out _))
            .SelectMany(item => item.GetProperty("conflicts").EnumerateArray().ToArray()));
        return (Text(conflict, "kind"), Text(conflict, "strategy"), Text(conflict, "winner"), conflict.TryGetProperty("discarded", out var discarded) ? discarded.GetInt32() : 0);
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
