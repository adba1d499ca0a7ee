using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>
/// Brings the server's changes into the local database. Where an unsent edit stands in the way, the strategy of its entity decides, and the decision
/// is noted.
/// </summary>
internal sealed class RemoteChanges(string device, EntityStrategies strategies, TimeProvider time)
{
    /// <summary>Applies one change, in the transaction of its page; true when the local data changed.</summary>
    public bool Apply(IStoreTransaction transaction, NoteChange change, List<ConflictNotice> conflicts)
    {
        var remote = new Revision(change.Title, change.Body, change.IsDeleted, new Stamp(change.EditedAt, change.Device));
        // Of a first sync every record is new here, and one statement does; what this device has sent itself is not.
        if (change.Device != device && !change.IsDeleted && transaction.Records.TakeNew(change.Id, remote, change.Version))
            return true;
        var local = transaction.Records.Find(change.Id);
        if (local is null)
        {
            ServerRevisions.Take(transaction, change.Id, remote, change.Version);
            return !change.IsDeleted;
        }

        if (!local.IsPending || OutboxQueue.FindOpen(transaction, change.Id) is not { } unsent)
        {
            ServerRevisions.Take(transaction, change.Id, remote, change.Version);
            return local.Content != remote;
        }

        // The server has forgotten the deletion and cannot say when it was: the push of what waits here tells it what the edit was based on, and decides.
        if (change.Version == 0)
            return false;

        // Our own edit coming back, with a further one on top of it, is no conflict.
        if (change.Device == device || change.Version == local.Version || remote.SaysTheSameAs(local.Content))
        {
            Release(transaction, change.Id);
            ServerRevisions.MarkSeen(transaction, change.Id, change.Version, remote);
            return false;
        }

        return Settle(transaction, change, local, remote, unsent, conflicts);
    }

    /// <summary>Notes a conflict that the server has settled, and keeps the edit that lost.</summary>
    public void Record(IStoreTransaction transaction, string id, ConflictKind kind, ConflictWinner winner, int discarded, Revision lost, List<ConflictNotice> conflicts)
    {
        var notice = new ConflictNotice(id, kind, StrategyOf(id).Name, winner, discarded);
        conflicts.Add(notice);
        ConflictLog.Add(transaction, notice, lost, time.GetUtcNow());
    }

    private bool Settle(IStoreTransaction transaction, NoteChange change, Note local, Revision remote, Operation unsent, List<ConflictNotice> conflicts)
    {
        var kind = KindOf(unsent, remote);
        if (StrategyOf(change.Id).Resolve(local.Content, remote, transaction.Records.FindOrigin(change.Id)) is not { } resolution)
        {
            Hold(transaction, change, kind, remote, unsent, conflicts);
            return false;
        }

        var discarded = (resolution.LosesLocal ? unsent.Edits : 0) + (resolution.LosesRemote ? 1 : 0);
        Record(transaction, change.Id, kind, resolution.Winner, discarded, resolution.LosesLocal ? local.Content : remote, conflicts);
        if (resolution.Winner == ConflictWinner.Remote)
        {
            OutboxQueue.DropOpen(transaction, change.Id);
            ServerRevisions.Take(transaction, change.Id, remote, change.Version);
            return true;
        }

        // The edit stays queued, now based on the version it has met, so that the server does not count the conflict again.
        ServerRevisions.MarkSeen(transaction, change.Id, change.Version, remote);
        if (resolution.Winner == ConflictWinner.Local)
            return false;
        var now = time.GetUtcNow();
        var merged = resolution.Result with { Edited = EditClock.Next(transaction, device, now, Math.Max(local.Content.Edited.Millis, remote.Edited.Millis)) };
        transaction.Records.Edit(change.Id, merged);
        OutboxQueue.Enqueue(transaction, change.Id, merged, now);
        return true;
    }

    /// <summary>Both edits stay until the app has decided; the conflict counts once, however often the other side goes on editing.</summary>
    private void Hold(IStoreTransaction transaction, NoteChange change, ConflictKind kind, Revision remote, Operation unsent, List<ConflictNotice> conflicts)
    {
        var met = transaction.Conflicts.FindHeld(change.Id);
        if (met is null)
            conflicts.Add(new ConflictNotice(change.Id, kind, ConflictStrategy.Unresolved, ConflictWinner.Unknown, Discarded: 0));
        transaction.Conflicts.PutHeld(new HeldConflict(change.Id, kind, remote, change.Version, met?.MetAt ?? time.GetUtcNow()));
        OutboxQueue.Hold(transaction, unsent.Sequence);
    }

    /// <summary>Both sides say the same by now: nothing is left to decide.</summary>
    private static void Release(IStoreTransaction transaction, string id)
    {
        if (transaction.Conflicts.FindHeld(id) is null)
            return;
        transaction.Conflicts.RemoveHeld(id);
        OutboxQueue.Release(transaction, id);
    }

    private IConflictStrategy StrategyOf(string id) => strategies[RecordId.EntityOf(id)];

    private static ConflictKind KindOf(Operation unsent, Revision remote) => unsent.Kind switch
    {
        OperationKind.Delete => ConflictKind.DeleteUpdate,
        OperationKind.Insert => ConflictKind.InsertInsert,
        _ => remote.IsDeleted ? ConflictKind.UpdateDelete : ConflictKind.UpdateUpdate,
    };
}
