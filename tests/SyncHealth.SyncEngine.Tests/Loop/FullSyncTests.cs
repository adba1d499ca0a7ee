using System.Globalization;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>Bootstrap, paging, and tokens that the server has forgotten.</summary>
public sealed class FullSyncTests
{
    [Fact]
    public async Task FirstSync_ManyPages_FetchesEveryNoteOnce()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var tablet = new TestDevice(server, "tablet", configure: options => options.PageLimit = 7);
        for (var count = 0; count < 100; count++)
            phone.Engine.Notes.Create($"note {count}", "");
        await phone.SyncAsync();

        var full = await tablet.SyncAsync();
        var delta = await tablet.SyncAsync();

        Assert.Equal((SyncType.Full, 100, 100), (full.Type, full.Pulled, full.Applied));
        Assert.Equal((SyncType.Delta, 0), (delta.Type, delta.Pulled));
        Assert.Equal(100, tablet.Engine.Notes.Count());
    }

    [Fact]
    public async Task FirstSync_InterruptedBetweenPages_GoesOnWhereItStopped()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        for (var count = 0; count < 30; count++)
            phone.Engine.Notes.Create($"note {count}", "");
        await phone.SyncAsync();
        await using var tablet = new TestDevice(server, "tablet", configure: options => (options.PageLimit, options.MaxRetries) = (10, 0));
        tablet.Network.Before = _ =>
        {
            tablet.Network.IsDown = tablet.Network.Requests == 3;
            return Task.CompletedTask;
        };

        var first = await tablet.SyncAsync();
        var between = tablet.Engine.Status();
        tablet.Restart();
        var second = await tablet.SyncAsync();

        Assert.Equal((SyncOutcome.Failure, 20), (first.Outcome, first.Pulled));
        Assert.Equal(DataState.Stale, between.State);
        Assert.Equal((SyncType.Full, SyncOutcome.Success, 10), (second.Type, second.Outcome, second.Pulled));
        Assert.Equal(30, tablet.Engine.Notes.Count());
    }

    /// <summary>Pages are asked for before the ones before them are stored, but no more than two. A version map names what is stored, so it cannot be asked ahead.</summary>
    [Theory]
    [InlineData(DeltaStrategy.Token, 2)]
    [InlineData(DeltaStrategy.Timestamp, 2)]
    [InlineData(DeltaStrategy.VersionMap, 0)]
    public async Task FirstSync_PagesAreAskedForWhileTheOnesBeforeAreStored(DeltaStrategy strategy, int ahead)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.Engine.Notes.CreateMany([.. Enumerable.Range(0, 30).Select(static count => ($"note {count}", ""))]);
        await phone.SyncAsync();
        await using var tablet = new TestDevice(server, "tablet", configure: options => (options.PageLimit, options.Delta) = (7, strategy));
        var seen = new List<int>();
        tablet.Network.Before = _ =>
        {
            seen.Add(tablet.Engine.Notes.Count());
            return Task.CompletedTask;
        };

        await tablet.SyncAsync();

        Assert.Equal(5, seen.Count);
        Assert.All(seen.Index(), page => Assert.InRange(page.Item, 7 * Math.Max(0, page.Index - ahead), 7 * Math.Max(0, page.Index - Math.Sign(ahead))));
        Assert.Equal(30, tablet.Engine.Notes.Count());
    }

    /// <summary>The pages after the one that cannot be stored never arrive: nobody waits for them, and nothing of them counts.</summary>
    [Fact]
    public async Task FirstSync_APageCannotBeStored_GivesUpTheOneAskedAhead()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.Engine.Notes.CreateMany([.. Enumerable.Range(0, 30).Select(static count => ($"note {count}", ""))]);
        await phone.SyncAsync();
        using var disk = new InMemoryDisk();
        using var store = new CutStore(disk.Open("tablet"));
        await using var tablet = new TestDevice(server, "tablet", configure: options => (options.Store, options.PageLimit) = (store, 10));
        tablet.Network.SilentFrom = 3;
        // The third page is asked for when the second has arrived, whether the first is stored by then or not: the store says when it is.
        var isCut = false;
        store.Committed += () =>
        {
            if (isCut || tablet.Engine.Notes.Count() != 10)
                return;
            isCut = true;
            store.CutAfter(5);
        };

        await Assert.ThrowsAsync<KilledException>(tablet.SyncAsync);
        Assert.Equal(3, tablet.Network.Requests);
        tablet.Network.SilentFrom = int.MaxValue;
        tablet.Configure = options => (options.Store, options.PageLimit) = (disk.Open("tablet"), 10);
        tablet.Restart();
        var result = await tablet.SyncAsync();

        Assert.Equal((SyncType.Full, 20, 30), (result.Type, result.Pulled, tablet.Engine.Notes.Count()));
    }

    [Theory]
    [InlineData(DeltaStrategy.Token, "7/30 14/30 21/30 28/30")]
    [InlineData(DeltaStrategy.Timestamp, "7/? 14/? 21/? 28/?")]
    public async Task FirstSync_SaysHowFarItIs_OfHowMuchWhereTheServerCounts(DeltaStrategy strategy, string progress)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.Engine.Notes.CreateMany([.. Enumerable.Range(0, 30).Select(static count => ($"note {count}", ""))]);
        await phone.SyncAsync();
        await using var tablet = new TestDevice(server, "tablet", configure: options => (options.PageLimit, options.Delta) = (7, strategy), store: StoreKind.InMemory);
        var seen = new List<string>();
        tablet.Store!.Committed += () =>
        {
            if (tablet.Engine.Status().Full is { } full)
                seen.Add($"{full.Done}/{full.Total?.ToString(CultureInfo.InvariantCulture) ?? "?"}");
        };

        await tablet.SyncAsync();

        Assert.Equal(progress, string.Join(' ', seen));
        Assert.Null(tablet.Engine.Status().Full);
    }

    /// <summary>The app is killed after two pages: the third says so many of the whole as if nothing had happened, whatever was added meanwhile.</summary>
    [Fact]
    public async Task FirstSync_Interrupted_CountsOn()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        phone.Engine.Notes.CreateMany([.. Enumerable.Range(0, 30).Select(static count => ($"note {count}", ""))]);
        await phone.SyncAsync();
        await using var tablet = new TestDevice(server, "tablet", configure: options => (options.PageLimit, options.MaxRetries) = (10, 0), store: StoreKind.InMemory);
        tablet.Network.Before = _ =>
        {
            tablet.Network.IsDown = tablet.Network.Requests == 3;
            return Task.CompletedTask;
        };
        await tablet.SyncAsync();
        var stopped = tablet.Engine.Status().Full;
        phone.Engine.Notes.CreateMany([.. Enumerable.Range(0, 15).Select(static count => ($"added {count}", ""))]);
        await phone.SyncAsync();
        tablet.Network.IsDown = false;
        var seen = new List<FullProgress?>();

        tablet.Restart();
        seen.Add(tablet.Engine.Status().Full);
        tablet.Store!.Committed += () =>
        {
            if (tablet.Engine.Status().Full is { } full)
                seen.Add(full);
        };
        var result = await tablet.SyncAsync();

        Assert.Equal(new FullProgress(20, 30), stopped);
        Assert.Equal([null, new FullProgress(30, 30), new FullProgress(40, 40)], seen);
        Assert.Equal((SyncType.Full, 25, 45), (result.Type, result.Pulled, tablet.Engine.Notes.Count()));
    }

    [Fact]
    public async Task TokenExpired_FetchesEverythingAnewAndKeepsLocalChanges()
    {
        await using var server = await NotesServerFixture.StartAsync(options =>
            (options.TombstoneRetention, options.RetentionInterval) = (TimeSpan.FromDays(30), TimeSpan.FromDays(1)));
        await using var phone = new TestDevice(server, "phone");
        await using var tablet = new TestDevice(server, "tablet", configure: options => options.PageLimit = 3);
        var notes = Enumerable.Range(0, 10).Select(count => phone.Engine.Notes.Create($"note {count}", "").Id).ToArray();
        await phone.SyncAsync();
        await tablet.SyncAsync();

        phone.Engine.Notes.Delete(notes[0]);
        phone.Engine.Notes.Delete(notes[1]);
        await phone.SyncAsync();
        tablet.Engine.Notes.Update(notes[1], "edit of a note deleted long ago", "");
        tablet.Engine.Notes.Update(notes[2], "edited while away", "");
        tablet.Engine.Notes.Create("written while away", "");
        await server.ForgetTombstonesAsync();

        var result = await tablet.SyncAsync();
        var after = await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 1), (result.Outcome, result.Conflicts));
        Assert.Equal((SyncType.Delta, 0), (after.Type, after.Pulled));
        Assert.Equal(9, tablet.Engine.Notes.Count());
        Assert.Null(tablet.Engine.Notes.Find(notes[0]));
        Assert.Null(tablet.Engine.Notes.Find(notes[1]));
        Assert.Equal("edited while away", phone.Engine.Notes.Find(notes[2])!.Content.Title);
        Assert.Equal(tablet.Engine.Notes.List().Select(note => note.Content), phone.Engine.Notes.List().Select(note => note.Content));
    }
}
