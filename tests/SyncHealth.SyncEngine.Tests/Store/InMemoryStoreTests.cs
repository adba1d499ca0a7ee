using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.InMemory;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

public sealed class InMemoryStoreTests : LocalStoreContractTests
{
    private readonly InMemoryDisk _disk = new();

    /// <summary>What only a store of snapshots promises: a reader does not wait for a writer, and sees what was committed before.</summary>
    [Fact]
    public void Read_WhileAWriteRuns_SeesTheStateBefore()
    {
        using var store = new InMemoryStore(Device);

        var seen = store.Write(transaction =>
        {
            transaction.State.LastStamp = 7;
            return OnAnotherThread(() => store.Read(static other => other.State.LastStamp));
        });

        Assert.Equal(0, seen);
        Assert.Equal(7, store.Read(static other => other.State.LastStamp));
    }

    [Fact]
    public void Fork_GoesItsOwnWay()
    {
        using var origin = new InMemoryStore(Device);
        Write(origin, "shared");
        using var fork = origin.Fork();
        Write(fork, "fork");
        Write(origin, "origin");

        Assert.Equal("fork", TitleIn(fork));
        Assert.Equal("origin", TitleIn(origin));
    }

    protected override ILocalStore Open() => _disk.Open(Device);

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _disk.Dispose();
    }

    private static void Write(InMemoryStore store, string title) =>
        store.Write(transaction => transaction.Records.Edit("n", new Revision(title, "", IsDeleted: false, new Stamp(1, Device))));

    private static string? TitleIn(InMemoryStore store) => store.Read(static transaction => transaction.Records.Find("n"))?.Content.Title;
}
