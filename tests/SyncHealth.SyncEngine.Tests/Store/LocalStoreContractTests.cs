using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <summary>
/// What the engine needs of a store, edge by edge: one suite, and every store derives from it. Here are the transactions; beside this file are the
/// collections (records, outbox, conflicts and state), and the rules and the repository that stand on them.
/// </summary>
public abstract partial class LocalStoreContractTests : IDisposable
{
    protected const string Device = "phone";

    private ILocalStore? _store;

    public static TheoryData<string> Writes => [.. StoreWrites.All.Select(static write => write.Name)];

    /// <summary>The store under test: opened at its first use.</summary>
    private ILocalStore Store => _store ??= Open();

    private string Content => StoreContent.Of(Store, StoreWrites.Ids);

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Open_AgainAfterAnEnd_FindsEverythingCommitted()
    {
        Store.Write(StoreWrites.Prepare);
        Store.Write(static transaction => transaction.State.LastStamp = 7);
        var before = Content;

        Reopen();

        Assert.Equal(before, Content);
        Assert.Equal(StoreWrites.Decided("mine"), Assert.Single(Store.Write(static transaction => transaction.Conflicts.TakeDecisions())));
    }

    /// <summary>The app is killed after one more write each time: nothing of the transaction may be there, not after a new start either.</summary>
    [Theory]
    [MemberData(nameof(Writes))]
    public void Write_CutAfterAnyOperation_LeavesNothing(string last)
    {
        Store.Write(StoreWrites.Prepare);
        var before = Content;

        Assert.Throws<KilledException>(() => Store.Write(transaction =>
        {
            foreach (var (name, run) in StoreWrites.All)
            {
                run(transaction);
                if (name == last)
                    throw new KilledException();
            }
        }));

        Assert.Equal(before, Content);
        Assert.Single(DecisionsAndBack());
        Reopen();
        Assert.Equal(before, Content);
        Assert.Single(DecisionsAndBack());
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void Write_OfAnyOperation_ChangesWhatIsRead(string name)
    {
        Store.Write(StoreWrites.Prepare);
        Store.Write(static transaction => transaction.Records.Take("known", StoreWrites.Says("before", "tablet"), 1));
        var (content, decisions) = (Content, DecisionsAndBack().Count);

        Store.Write(StoreWrites.All.Single(write => write.Name == name).Run);

        Assert.NotEqual((content, decisions), (Content, DecisionsAndBack().Count));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public void Read_ThatWrites_IsRefused(string name)
    {
        Store.Write(StoreWrites.Prepare);
        Store.Write(static transaction => transaction.Records.Take("known", StoreWrites.Says("before", "tablet"), 1));
        var (before, write) = (Content, StoreWrites.All.Single(write => write.Name == name).Run);

        Assert.Throws<InvalidOperationException>(() => Store.Read(transaction =>
        {
            write(transaction);
            return true;
        }));

        Assert.Equal(before, Content);
        Assert.Single(DecisionsAndBack());
    }

    [Fact]
    public void Write_ReadsWhatItHasWritten() => Assert.Equal("second", Store.Write(static transaction =>
    {
        transaction.Records.Edit("n", StoreWrites.Says("first", Device));
        transaction.Records.Edit("n", transaction.Records.Find("n")!.Content with { Title = "second" });
        return transaction.Records.Find("n")!.Content.Title;
    }));

    [Fact]
    public void Write_InsideAWrite_IsRefusedAndBothLeaveNothing()
    {
        Assert.Throws<InvalidOperationException>(() => Store.Write(transaction =>
        {
            transaction.State.LastStamp = 1;
            Store.Write(static inner => inner.State.LastStamp = 2);
        }));

        Assert.Equal(0, Store.Read(static transaction => transaction.State.LastStamp));
    }

    /// <summary>Two values are moved together by one thread: another that reads both never sees them apart.</summary>
    [Fact]
    public async Task Read_WhileAnotherThreadWrites_SeesWholeTransactions()
    {
        const int Rounds = 300;
        var store = Store;
        var writer = Task.Run(() =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                store.Write(transaction =>
                {
                    transaction.State.LastStamp = round;
                    transaction.State.Save(transaction.State.Read() with { Generation = round });
                });
            }
        });

        var last = 0L;
        while (last < Rounds)
        {
            var (stamp, generation) = store.Read(static transaction => (transaction.State.LastStamp, transaction.State.Read().Generation));
            Assert.Equal(stamp, generation);
            Assert.True(stamp >= last);
            last = stamp;
            if (writer.IsFaulted)
                break;
        }

        await writer;
    }

    [Fact]
    public void Committed_IsRaisedOncePerCommitAndForNothingElse()
    {
        var raised = 0;
        Store.Committed += () => raised++;

        Store.Write(StoreWrites.Prepare);
        Store.Read(static transaction => transaction.State.Read());
        Assert.Throws<KilledException>(() => Store.Write(static _ => Kill()));

        Assert.Equal(1, raised);
    }

    /// <summary>A handler that waits for another thread's read would wait for ever if it ran inside the transaction.</summary>
    [Fact]
    public void Committed_IsRaisedOutsideOfTheTransaction_WhenItsDataCanBeRead()
    {
        var store = Store;
        var seen = 0L;
        store.Committed += () => seen = OnAnotherThread(() => store.Read(static transaction => transaction.State.LastStamp));

        store.Write(static transaction => transaction.State.LastStamp = 5);

        Assert.Equal(5, seen);
    }

    [Fact]
    public void Closed_Store_RefusesReadsAndWrites()
    {
        var store = Store;
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => store.Read(static transaction => transaction.State.LastStamp));
        Assert.Throws<ObjectDisposedException>(() => store.Write(static transaction => transaction.State.LastStamp = 1));
    }

    [Fact]
    public void Rest_BetweenWrites_ChangesNothing()
    {
        Store.Write(StoreWrites.Prepare);
        var before = Content;

        Store.Rest();
        var rested = Content;
        Store.Write(static transaction => transaction.State.LastStamp = 7);
        Store.Rest();

        Assert.Equal(before, rested);
        Assert.Equal(7, Store.Read(static transaction => transaction.State.LastStamp));
    }

    /// <summary>A cycle may end after its app has closed the store.</summary>
    [Fact]
    public void Rest_Closed_DoesNothing()
    {
        var store = Store;
        store.Dispose();

        Assert.Null(Xunit.Record.Exception(store.Rest));
    }

    /// <summary>Opens the store of this test: empty at first, later with all that it has committed.</summary>
    protected abstract ILocalStore Open();

    protected virtual void Dispose(bool isDisposing) => _store?.Dispose();

    /// <summary>The app ends and starts again.</summary>
    private void Reopen()
    {
        _store?.Dispose();
        _store = Open();
    }

    /// <summary>Waits for what another thread does; fails when it does not get through.</summary>
    protected static T OnAnotherThread<T>(Func<T> read) => Task.Run(read).WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();

    private static bool Kill() => throw new KilledException();

    /// <summary>Decisions can only be taken: they are put back.</summary>
    private IReadOnlyList<ConflictNotice> DecisionsAndBack() => Store.Write(static transaction =>
    {
        var decisions = transaction.Conflicts.TakeDecisions();
        foreach (var decision in decisions)
            transaction.Conflicts.AddDecision(decision);
        return decisions;
    });
}
