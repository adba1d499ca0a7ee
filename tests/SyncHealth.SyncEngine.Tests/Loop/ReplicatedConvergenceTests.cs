using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>Counters, sets, registers and texts on several devices against the real server: the article's stories.</summary>
public class ReplicatedConvergenceTests
{
    private static readonly Action<EngineOptions> Declaring = static options =>
    {
        foreach (var (entity, strategy) in (ReadOnlySpan<(string, SyncEngine.Conflicts.IConflictStrategy)>)
            [("visits", new StateMerge<GCounter>()), ("receipts", new StateMerge<GSet>()), ("list", new StateMerge<OrSet>()), ("phone-number", new StateMerge<LwwRegister>()), ("report", new StateMerge<ReplicatedText>())])
        {
            options.Entities.Add(entity);
            options.Conflicts[entity] = strategy;
        }
    };

    /// <summary>Where the devices keep their data.</summary>
    protected virtual StoreKind Store => StoreKind.Sqlite;

    [Fact]
    public async Task Counter_BothCountOffline_EveryCountCounts()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Declaring, store: Store);
        var (here, there) = (phone.Engine.Replicated<GCounter>("visits"), tablet.Engine.Replicated<GCounter>("visits"));
        var id = await ShareAsync(phone, tablet, here, static (state, at) => state.Add(at.Device));
        here.Change(id, static (state, at) => state.Add(at.Device, 2));
        there.Change(id, static (state, at) => state.Add(at.Device, 3));

        await MeetAsync(phone, tablet);

        Assert.Equal((6L, 6L), (here.Find(id)?.Value, there.Find(id)?.Value));
        Assert.Equal(new ReportedConflict("visits", "update_update", "crdt", "merged", 0), Assert.Single(await tablet.ReportedConflictsAsync()));
    }

    [Fact]
    public async Task GrowOnlySet_BothAdd_HoldsTheUnion()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Declaring, store: Store);
        var (here, there) = (phone.Engine.Replicated<GSet>("receipts"), tablet.Engine.Replicated<GSet>("receipts"));
        var id = await ShareAsync(phone, tablet, here, static (state, _) => state.Add("message 1"));
        here.Change(id, static (state, _) => state.Add("message 2"));
        there.Change(id, static (state, _) => state.Add("message 3"));

        await MeetAsync(phone, tablet);

        Assert.Equal(["message 1", "message 2", "message 3"], here.Find(id)!.Items);
        Assert.Equal(here.Find(id)!.Items, there.Find(id)!.Items);
    }

    /// <summary>The article's shopping list: one adds bread and removes milk, the other adds milk once more and removes eggs.</summary>
    [Fact]
    public async Task List_TwoDevicesAddAndRemove_RemovalsStandAndNoAdditionIsLost()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Declaring, store: Store);
        var (here, there) = (phone.Engine.Replicated<OrSet>("list"), tablet.Engine.Replicated<OrSet>("list"));
        var id = await ShareAsync(phone, tablet, here, static (state, at) => state.Add(at.Device, "milk").Add(at.Device, "eggs").Add(at.Device, "tea"));
        here.Change(id, static (state, at) => state.Add(at.Device, "bread").Remove("milk").Remove("tea"));
        there.Change(id, static (state, at) => state.Add(at.Device, "milk").Remove("eggs"));

        await MeetAsync(phone, tablet);

        Assert.Equal(["bread", "milk"], here.Find(id)!.Items);
        Assert.Equal(["bread", "milk"], there.Find(id)!.Items);
        Assert.Equal(new ReportedConflict("list", "update_update", "crdt", "merged", 0), Assert.Single(await tablet.ReportedConflictsAsync()));
    }

    [Fact]
    public async Task Register_BothSet_TheLaterStaysAndTheLossIsReported()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Declaring, store: Store);
        var (here, there) = (phone.Engine.Replicated<LwwRegister>("phone-number"), tablet.Engine.Replicated<LwwRegister>("phone-number"));
        var id = await ShareAsync(phone, tablet, here, static (state, at) => state.Set(at.Device, at.Now, "555-0100"));
        there.Change(id, static (state, at) => state.Set(at.Device, at.Now, "555-0101"));
        there.Change(id, static (state, at) => state.Set(at.Device, at.Now, "555-0102"));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        here.Change(id, static (state, at) => state.Set(at.Device, at.Now, "555-0200"));

        await MeetAsync(phone, tablet);

        Assert.Equal(("555-0200", "555-0200"), (here.Find(id)?.Value, there.Find(id)?.Value));
        Assert.Equal(new ReportedConflict("phone-number", "update_update", "lww", "remote", 2), Assert.Single(await tablet.ReportedConflictsAsync()));
    }

    /// <summary>The server bounds how far a record's time may be ahead, and the record bounds its register.</summary>
    [Fact]
    public async Task Register_ClockYearsAhead_WinsForMinutesOnly()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        await using var ahead = new TestDevice(server.Address, new ManualTimeProvider(Some.Start.AddYears(10)), "ahead", configure: Declaring, store: Store);
        var (here, there) = (phone.Engine.Replicated<LwwRegister>("phone-number"), ahead.Engine.Replicated<LwwRegister>("phone-number"));
        var id = await ShareAsync(phone, ahead, here, static (state, at) => state.Set(at.Device, at.Now, "first"));
        there.Change(id, static (state, at) => state.Set(at.Device, at.Now, "from the future"));
        await ahead.SyncAsync();
        server.Time.Advance(TimeSpan.FromMinutes(6));
        here.Change(id, static (state, at) => state.Set(at.Device, at.Now, "from today"));

        await MeetAsync(ahead, phone);

        Assert.Equal(("from today", "from today"), (here.Find(id)?.Value, there.Find(id)?.Value));
    }

    [Fact]
    public async Task Text_BothType_NothingIsLost()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Declaring, store: Store);
        var (here, there) = (phone.Engine.Replicated<ReplicatedText>("report"), tablet.Engine.Replicated<ReplicatedText>("report"));
        var id = await ShareAsync(phone, tablet, here, static (state, at) => state.Edit(at.Agent, static document => document.Insert(0, "pump")));
        here.Change(id, static (state, at) => state.Edit(at.Agent, static document => document.Insert(0, "the ")));
        there.Change(id, static (state, at) => state.Edit(at.Agent, static document => document.Insert(4, " leaks")));

        await MeetAsync(phone, tablet);

        Assert.Equal(("the pump leaks", "the pump leaks"), (here.Find(id)?.Text, there.Find(id)?.Text));
    }

    /// <summary>A change that has not seen the deletion brings the record back, whichever reaches the server first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_AgainstAChange_TheChangeStaysOnBoth(bool isDeletionFirst)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        await using var tablet = new TestDevice(server, "tablet", configure: Declaring, store: Store);
        var (here, there) = (phone.Engine.Replicated<OrSet>("list"), tablet.Engine.Replicated<OrSet>("list"));
        var id = await ShareAsync(phone, tablet, here, static (state, at) => state.Add(at.Device, "milk"));
        there.Change(id, static (state, at) => state.Add(at.Device, "bread"));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        here.Delete(id);

        await (isDeletionFirst ? MeetAsync(phone, tablet) : MeetAsync(tablet, phone));

        Assert.Equal(["bread", "milk"], here.Find(id)?.Items);
        Assert.Equal(["bread", "milk"], there.Find(id)?.Items);
    }

    [Fact]
    public async Task Records_OfEntities_AreNoNotesAndTheOtherWayRound()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);
        var list = phone.Engine.Replicated<OrSet>("list").Create(static (state, at) => state.Add(at.Device, "milk"));
        var note = phone.Engine.Notes.Create("a note", "").Id;

        Assert.Equal(note, Assert.Single(phone.Engine.Notes.List()).Id);
        Assert.Equal(1, phone.Engine.Notes.Count());
        Assert.Equal([list], phone.Engine.Replicated<OrSet>("list").List());
        Assert.Null(phone.Engine.Notes.Find(list));
        Assert.Null(phone.Engine.Notes.Update(list, "no note", ""));
        Assert.False(phone.Engine.Notes.Delete(list));
        Assert.Null(phone.Engine.Replicated<OrSet>("list").Find(note));
        Assert.False(phone.Engine.Replicated<OrSet>("list").Delete(note));
    }

    [Fact]
    public async Task Replicated_UndeclaredOrOfAnotherState_IsRefused()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: Declaring, store: Store);

        Assert.Throws<ArgumentException>(() => phone.Engine.Replicated<OrSet>("unheard-of"));
        Assert.Throws<ArgumentException>(() => phone.Engine.Replicated<GSet>("list"));
    }

    private static async Task<string> ShareAsync<T>(TestDevice from, TestDevice to, ReplicatedRepository<T> records, Func<T, Here, T> create)
        where T : class, IReplicated<T>
    {
        var id = records.Create(create);
        await from.SyncAsync();
        await to.SyncAsync();
        return id;
    }

    /// <summary>The second one meets what the first has pushed, and the first gets the result.</summary>
    private static async Task MeetAsync(TestDevice first, TestDevice second)
    {
        await first.SyncAsync();
        await second.SyncAsync();
        await first.SyncAsync();
    }
}
