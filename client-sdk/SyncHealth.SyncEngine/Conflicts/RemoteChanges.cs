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
    public bool Apply(Statements statements, NoteChange change, List<ConflictNotice> conflicts)
    {
        var remote = new Revision(change.Title, change.Body, change.IsDeleted, new Stamp(change.EditedAt, change.Device));
        var local = NoteRows.Find(statements, change.Id);
        if (local is null)
        {
            NoteRows.TakeRemote(statements, change.Id, remote, change.Version);
            return !change.IsDeleted;
        }

        if (!local.IsPending || OutboxQueue.FindOpen(statements, change.Id) is not { } unsent)
        {
            NoteRows.TakeRemote(statements, change.Id, remote, change.Version);
            return local.Content != remote;
        }

        // The server has forgotten the deletion and cannot say when it was: the push of what waits here tells it what the edit was based on, and decides.
        if (change.Version == 0)
            return false;

        // Our own edit coming back, with a further one on top of it, is no conflict.
        if (change.Device == device || change.Version == local.Version || remote.SaysTheSameAs(local.Content))
        {
            Release(statements, change.Id);
            NoteRows.MarkSeen(statements, change.Id, change.Version, remote);
            return false;
        }

        return Settle(statements, change, local, remote, unsent, conflicts);
    }

    /// <summary>Notes a conflict that the server has settled, and keeps the edit that lost.</summary>
    public void Record(Statements statements, string id, ConflictKind kind, ConflictWinner winner, int discarded, Revision lost, List<ConflictNotice> conflicts)
    {
        var notice = new ConflictNotice(id, kind, StrategyOf(id).Name, winner, discarded);
        conflicts.Add(notice);
        ConflictRows.KeepLost(statements, notice, lost, time.GetUtcNow());
    }

    private bool Settle(Statements statements, NoteChange change, Note local, Revision remote, Operation unsent, List<ConflictNotice> conflicts)
    {
        var kind = KindOf(unsent, remote);
        if (StrategyOf(change.Id).Resolve(local.Content, remote, BaseRows.Find(statements, change.Id)) is not { } resolution)
        {
            Hold(statements, change, kind, remote, unsent, conflicts);
            return false;
        }

        var discarded = (resolution.LosesLocal ? unsent.Edits : 0) + (resolution.LosesRemote ? 1 : 0);
        Record(statements, change.Id, kind, resolution.Winner, discarded, resolution.LosesLocal ? local.Content : remote, conflicts);
        if (resolution.Winner == ConflictWinner.Remote)
        {
            OutboxQueue.DropOpen(statements, change.Id);
            NoteRows.TakeRemote(statements, change.Id, remote, change.Version);
            return true;
        }

        // The edit stays queued, now based on the version it has met, so that the server does not count the conflict again.
        NoteRows.MarkSeen(statements, change.Id, change.Version, remote);
        if (resolution.Winner == ConflictWinner.Local)
            return false;
        var now = time.GetUtcNow();
        var merged = resolution.Result with { Edited = NoteRows.NextStamp(statements, device, now, Math.Max(local.Content.Edited.Millis, remote.Edited.Millis)) };
        NoteRows.Put(statements, change.Id, merged);
        OutboxQueue.Enqueue(statements, change.Id, merged, now);
        return true;
    }

    /// <summary>Both edits stay until the app has decided; the conflict counts once, however often the other side goes on editing.</summary>
    private void Hold(Statements statements, NoteChange change, ConflictKind kind, Revision remote, Operation unsent, List<ConflictNotice> conflicts)
    {
        if (ConflictRows.FindHeld(statements, change.Id) is null)
            conflicts.Add(new ConflictNotice(change.Id, kind, ConflictStrategy.Unresolved, ConflictWinner.Unknown, Discarded: 0));
        ConflictRows.Hold(statements, new HeldConflict(change.Id, kind, remote, change.Version, time.GetUtcNow()));
        OutboxQueue.Hold(statements, unsent.Sequence);
    }

    /// <summary>Both sides say the same by now: nothing is left to decide.</summary>
    private static void Release(Statements statements, string id)
    {
        if (ConflictRows.FindHeld(statements, id) is null)
            return;
        ConflictRows.ForgetHeld(statements, id);
        OutboxQueue.Release(statements, id);
    }

    private IConflictStrategy StrategyOf(string id) => strategies[RecordId.EntityOf(id)];

    private static ConflictKind KindOf(Operation unsent, Revision remote) => unsent.Kind switch
    {
        OperationKind.Delete => ConflictKind.DeleteUpdate,
        OperationKind.Insert => ConflictKind.InsertInsert,
        _ => remote.IsDeleted ? ConflictKind.UpdateDelete : ConflictKind.UpdateUpdate,
    };
}
