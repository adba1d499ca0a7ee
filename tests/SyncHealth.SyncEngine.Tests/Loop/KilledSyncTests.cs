using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>
/// Goal E3: the app is killed before every single operation of its store, in the push and in the pull, and starts again. What was pushed is never applied
/// a second time, and what the token says is there is there.
/// </summary>
public sealed class KilledSyncTests
{
    /// <summary>Operations of the whole sync, at least: fewer would mean that the kill no longer strikes in between.</summary>
    private const int LeastOperations = 50;

    /// <summary>Versions of an account after it: three before, two edits of the tablet, three of the phone.</summary>
    private const long Versions = 8;

    /// <summary>Every how manieth operation is struck; all of them in the fault runs.</summary>
    private static readonly int Stride = FaultScale.Of(test: 9, faults: 1, deep: 1);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.InMemory)]
    public async Task Sync_KilledBeforeAnyOperation_AppliesOnceAndMissesNothing(StoreKind kind)
    {
        var goal = new Goal("E3");
        await using var server = await NotesServerFixture.StartAsync();
        var operations = 0;
        while (await IsKilledAsync(server, kind, operations))
            operations += Stride;

        Assert.True(operations >= LeastOperations, $"a sync has {operations} operations");
        goal.Reached($"killed before {(operations + Stride - 1) / Stride} of {operations} operations of the store ({kind}): applied once, nothing missed");
    }

    private static async Task<bool> IsKilledAsync(NotesServerFixture server, StoreKind kind, int after)
    {
        var account = $"ann{after}";
        using IDisk disk = kind == StoreKind.Sqlite ? new SqliteDisk() : new InMemoryDisk();
        using var store = new CutStore(disk.Open("phone"));
        await using var tablet = new TestDevice(server, "tablet", account, store: StoreKind.InMemory);
        await using var phone = new TestDevice(server, "phone", account, options => (options.Store, options.PageLimit) = (store, 2));
        await EditOnBothAsync(phone, tablet);

        store.CutAfter(after);
        var isKilled = false;
        try
        {
            await phone.SyncAsync();
        }
        catch (KilledException)
        {
            isKilled = true;
        }

        phone.Configure = options => options.Store = disk.Open("phone");
        phone.Restart();
        await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal(["a, by the phone", "c, by the tablet", "d", "e"], TitlesOf(phone));
        Assert.Equal(TitlesOf(phone), TitlesOf(tablet));
        Assert.Equal((0, DataState.Synced), (phone.Engine.Status().Outbox.Waiting, phone.Engine.Status().State));
        Assert.Equal(Versions, await VersionAsync(server, account));
        return isKilled;
    }

    private static async Task EditOnBothAsync(TestDevice phone, TestDevice tablet)
    {
        tablet.Engine.Notes.CreateMany([("a", ""), ("b", ""), ("c", "")]);
        await tablet.SyncAsync();
        await phone.SyncAsync();
        var ids = tablet.Engine.Notes.List().ToDictionary(static note => note.Content.Title, static note => note.Id);
        phone.Engine.Notes.Update(ids["a"], "a, by the phone", "");
        phone.Engine.Notes.Delete(ids["b"]);
        phone.Engine.Notes.Create("d", "");
        tablet.Engine.Notes.Update(ids["c"], "c, by the tablet", "");
        tablet.Engine.Notes.Create("e", "");
        await tablet.SyncAsync();
    }

    private static string[] TitlesOf(TestDevice device) => [.. device.Engine.Notes.List().Select(static note => note.Content.Title).Order(StringComparer.Ordinal)];

    private static async Task<long> VersionAsync(NotesServerFixture server, string account)
    {
        await using var command = server.Database.DataSource.CreateCommand("select version from notes.account where account = $1");
        command.Parameters.AddWithValue(account);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
