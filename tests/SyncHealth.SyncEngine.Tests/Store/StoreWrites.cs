using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <summary>Every write that a store knows, each by its name and in an order in which it changes something.</summary>
internal static class StoreWrites
{
    /// <summary>The records that they are about.</summary>
    public static readonly string[] Ids = ["known", "mine", "list/gone", "list/new"];

    public static readonly IReadOnlyList<(string Name, Action<IStoreTransaction> Run)> All =
    [
        ("State.Save", static transaction => transaction.State.Save(transaction.State.Read().WithFullBegun())),
        ("State.LastStamp", static transaction => transaction.State.LastStamp = 99),
        ("Records.Take", static transaction => transaction.Records.Take("known", Says("server's", "tablet"), 5)),
        ("Records.TakeNew", static transaction => transaction.Records.TakeNew("list/new", Says("server's", "tablet"), 4)),
        ("Records.Edit", static transaction => transaction.Records.Edit("known", Says("edited", "phone"))),
        ("Records.MarkSeen", static transaction => transaction.Records.MarkSeen("known", 6, editedAt: 3)),
        ("Records.PutOrigin", static transaction => transaction.Records.PutOrigin("known", Says("server's", "tablet"))),
        ("Records.Remove", static transaction => transaction.Records.Remove("mine")),
        ("Records.RemoveOrigin", static transaction => transaction.Records.RemoveOrigin("mine")),
        ("Records.Sweep", static transaction => transaction.Records.Sweep()),
        ("Outbox.Add", static transaction => transaction.Outbox.Add(Waits("known"))),
        ("Outbox.Update", static transaction => transaction.Outbox.Update(transaction.Outbox.Of("mine").Single() with { BatchKey = "key" })),
        ("Outbox.Remove", static transaction => transaction.Outbox.Remove(transaction.Outbox.Of("mine").Single().Sequence)),
        ("Conflicts.Add", static transaction => transaction.Conflicts.Add(Settled("known"))),
        ("Conflicts.Trim", static transaction => transaction.Conflicts.Trim(0)),
        ("Conflicts.PutHeld", static transaction => transaction.Conflicts.PutHeld(Meets("known"))),
        ("Conflicts.RemoveHeld", static transaction => transaction.Conflicts.RemoveHeld("mine")),
        ("Conflicts.AddDecision", static transaction => transaction.Conflicts.AddDecision(Decided("known"))),
        ("Conflicts.TakeDecisions", static transaction => transaction.Conflicts.TakeDecisions()),
    ];

    /// <summary>What has to be there so that each of them has something to change.</summary>
    public static void Prepare(IStoreTransaction transaction)
    {
        transaction.Records.Edit("mine", Says("mine", "phone"));
        transaction.Records.PutOrigin("mine", Says("before", "tablet"));
        transaction.Records.Take("list/gone", Says("gone", "tablet"), 2);
        transaction.State.Save(transaction.State.Read() with { Generation = 1, Token = "token" });
        transaction.Outbox.Add(Waits("mine"));
        transaction.Conflicts.Add(Settled("mine"));
        transaction.Conflicts.PutHeld(Meets("mine"));
        transaction.Conflicts.AddDecision(Decided("mine"));
    }

    public static Revision Says(string title, string device, long millis = 1) => new(title, "", IsDeleted: false, new Stamp(millis, device));

    public static OutboxEntry Waits(string noteId, string title = "waits", string device = "phone") =>
        new(new Operation(0, noteId, OperationKind.Update, Says(title, device), BaseVersion: 0, Edits: 1), Support.Some.Start);

    public static SettledConflict Settled(string noteId, int discarded = 1) =>
        new(0, noteId, ConflictKind.UpdateUpdate, ConflictWinner.Remote, discarded, "lost", "", Support.Some.Start);

    public static HeldConflict Meets(string noteId, long version = 9) =>
        new(noteId, ConflictKind.UpdateUpdate, Says("theirs", "tablet", 4), version, Support.Some.Start);

    public static ConflictNotice Decided(string noteId, int discarded = 1) =>
        new(noteId, ConflictKind.UpdateUpdate, ConflictStrategy.Manual, ConflictWinner.Local, discarded);
}
