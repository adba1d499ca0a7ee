using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Store.InMemory;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.SyncEngine.Tests;

/// <summary>What keeps an engine from starting.</summary>
public sealed class StartTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/notes");

    [Fact]
    public void Open_EntitiesWithoutAStrategy_AreListed()
    {
        var refusal = RefusalOf(static options =>
        {
            options.Conflicts[EntityNames.Note] = new LastWriteWins();
            options.Entities.Add("photo");
            options.Entities.Add("list");
        });

        Assert.Contains("no conflict strategy for: list, photo.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NotesWithoutAStrategy_IsRefused() =>
        Assert.Contains("for: note.", RefusalOf(static _ => { }), StringComparison.Ordinal);

    [Fact]
    public void Open_EntityThatIsNoName_IsRefused() =>
        Assert.Contains(nameof(EngineOptions.Entities), RefusalOf(static options => options.Entities.Add("a/b")), StringComparison.Ordinal);

    /// <summary>An update of the app that forgets an entity must not send its waiting edits under nobody's rules.</summary>
    [Fact]
    public async Task Open_EditsOfAForgottenEntityWait_IsRefusedAndTheEditsStay()
    {
        await using var phone = Device(static options =>
        {
            options.Entities.Add("list");
            options.Conflicts["list"] = new StateMerge<OrSet>();
        });
        phone.Engine.Replicated<OrSet>("list").Create(static (state, here) => state.Add(here.Device, "milk"));
        var declared = phone.Configure;
        phone.Configure = static _ => { };

        Assert.Contains("for: list.", Assert.Throws<ArgumentException>(phone.Restart).Message, StringComparison.Ordinal);

        phone.Configure = declared;
        phone.Restart();
        Assert.Equal(1, phone.Engine.Status().Outbox.Waiting);
    }

    /// <summary>Who brings a store keeps it: the engine neither needs a file then nor closes what it was given.</summary>
    [Fact]
    public async Task Open_OnAGivenStore_NeedsNoFileAndLeavesItOpen()
    {
        using var store = new InMemoryStore("phone");
        await using (var phone = Device(options => (options.Store, options.DatabasePath) = (store, "")))
            phone.Engine.Notes.Create("kept", "");

        Assert.Equal("kept", Assert.Single(store.Read(static transaction => transaction.Records.List(EntityNames.Note, 10, 0))).Content.Title);
    }

    [Fact]
    public void Open_NeitherStoreNorFile_IsRefused() => Assert.Contains(
        nameof(EngineOptions.DatabasePath),
        RefusalOf(static options =>
        {
            options.Conflicts[EntityNames.Note] = new LastWriteWins();
            options.DatabasePath = "";
        }),
        StringComparison.Ordinal);

    private static string RefusalOf(Action<EngineOptions> configure)
    {
        var options = new EngineOptions { DatabasePath = "unused", Server = Nowhere, Account = "ann", Device = "phone" };
        configure(options);
        return Assert.Throws<ArgumentException>(options.Validate).Message;
    }

    private static TestDevice Device(Action<EngineOptions> configure) => new(Nowhere, new ManualTimeProvider(Some.Start), "phone", configure: configure);
}
