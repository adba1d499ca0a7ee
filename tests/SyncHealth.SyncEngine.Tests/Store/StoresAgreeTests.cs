using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <summary>Both stores live through the same random transactions, some of them cut: what one says afterwards, the other says.</summary>
public sealed class StoresAgreeTests
{
    private const int Transactions = 40;
    private const int CutOutOf = 4;

    private static readonly string[] Ids = ["a", "b", "c", "list/a", "list/b"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 15)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomTransactions_LeaveBothTheSame(int seed)
    {
        using var sqliteDisk = new SqliteDisk();
        using var memoryDisk = new InMemoryDisk();
        var (sqlite, memory) = (sqliteDisk.Open("phone"), memoryDisk.Open("phone"));
        var random = new Random(seed);
        for (var number = 0; number < Transactions; number++)
        {
            var writes = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Draw(random)).ToArray();
            var isCut = random.Next(CutOutOf) == 0;
            Run(sqlite, writes, isCut);
            Run(memory, writes, isCut);
            Assert.Equal((seed, number, StoreContent.Of(sqlite, Ids)), (seed, number, StoreContent.Of(memory, Ids)));
        }
    }

    private static void Run(ILocalStore store, Action<IStoreTransaction>[] writes, bool isCut)
    {
        try
        {
            store.Write(transaction =>
            {
                foreach (var write in writes)
                    write(transaction);
                if (isCut)
                    throw new KilledException();
            });
        }
        catch (KilledException) when (isCut)
        {
            // The point of it: nothing of the transaction may be there.
        }
    }

    private static Action<IStoreTransaction> Draw(Random random)
    {
        var (id, number) = (Ids[random.Next(Ids.Length)], random.Next(1, 9));
        var content = StoreWrites.Says($"text {random.Next(100)}", "phone", number) with { IsDeleted = random.Next(6) == 0 };
        return random.Next(3) switch
        {
            0 => DrawRecord(random.Next(9), id, number, content),
            1 => DrawOutbox(random.Next(5), id, number, content),
            _ => DrawRest(random.Next(10), id, number),
        };
    }

    private static Action<IStoreTransaction> DrawRecord(int choice, string id, int number, Revision content) => choice switch
    {
        0 or 1 => transaction => transaction.Records.Edit(id, content),
        2 => transaction => transaction.Records.Take(id, content with { IsDeleted = false }, number),
        3 => transaction => transaction.Records.MarkSeen(id, number, number % 2 == 0 ? number : null),
        4 => transaction => transaction.Records.Remove(id),
        5 => transaction => transaction.Records.PutOrigin(id, content),
        6 => transaction => transaction.Records.RemoveOrigin(id),
        7 => transaction => transaction.Records.TakeNew(id, content with { IsDeleted = false }, number),
        _ => static transaction => transaction.Records.Sweep(),
    };

    /// <summary>Never two open entries of one record: <see cref="OutboxQueue"/> makes none.</summary>
    private static Action<IStoreTransaction> DrawOutbox(int choice, string id, int number, Revision content) => transaction =>
    {
        var entries = transaction.Outbox.Of(id);
        var entry = entries.Count == 0 ? null : entries[number % entries.Count];
        if (choice <= 1 && !entries.Any(static other => other.IsOpen))
            transaction.Outbox.Add(new OutboxEntry(new Operation(0, id, content.IsDeleted ? OperationKind.Delete : OperationKind.Update, content, 0, number), Some.Start.AddSeconds(number)));
        else if (choice == 2 && entry is not null)
            transaction.Outbox.Update(entry with { BatchKey = $"key {number}", Strikes = entry.Strikes + 1 });
        else if (choice == 3 && entry is not null)
            transaction.Outbox.Update(entry with { ParkedCode = "code", BatchKey = null, Operation = entry.Operation with { Edits = number, BaseVersion = number } });
        else if (entry is not null)
            transaction.Outbox.Remove(entry.Sequence);
    };

    private static Action<IStoreTransaction> DrawRest(int choice, string id, int number) => choice switch
    {
        0 or 1 => transaction => transaction.Conflicts.Add(StoreWrites.Settled(id, discarded: number % 2)),
        2 => transaction => transaction.Conflicts.Trim(number),
        3 or 4 => transaction => transaction.Conflicts.PutHeld(StoreWrites.Meets(id, number) with { MetAt = Some.Start.AddSeconds(number) }),
        5 => transaction => transaction.Conflicts.RemoveHeld(id),
        6 => transaction => transaction.State.LastStamp = number,
        7 => static transaction => transaction.State.Save(transaction.State.Read().WithFullBegun()),
        8 => transaction => transaction.State.Save(transaction.State.Read().WithPage($"token {number}", hasMore: false).WithSuccess(Some.Start.AddSeconds(number))),
        _ => static transaction => transaction.State.Save(transaction.State.Read().WithFailure().WithPullOwed()),
    };
}
