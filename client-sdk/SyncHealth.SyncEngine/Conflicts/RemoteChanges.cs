using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>Brings the server's changes into the local database. Where an unsent edit stands in the way, the strategy decides, and the decision is noted.</summary>
internal sealed class RemoteChanges(string device, IConflictStrategy strategy, TimeProvider time)
{
    /// <summary>Edits that lost, kept on the device so that a person can find them again.</summary>
    private const int LostEditsKept = 500;

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

        // Our own edit coming back, with a further one on top of it, is no conflict.
        if (change.Device == device || change.Version == local.Version || remote.SaysTheSameAs(local.Content))
        {
            NoteRows.MarkSeen(statements, change.Id, change.Version, remote);
            return false;
        }

        return Settle(statements, change, local, remote, unsent, conflicts);
    }

    /// <summary>Notes a conflict and keeps the edit that lost.</summary>
    public void Record(Statements statements, ConflictNotice notice, Revision lost, List<ConflictNotice> conflicts)
    {
        conflicts.Add(notice);
        statements.Of<LocalDatabase>("RecordConflict")
            .Set("$note_id", notice.NoteId).Set("$kind", (int)notice.Kind).Set("$winner", (int)notice.Winner).Set("$discarded", notice.Discarded)
            .Set("$lost_title", lost.Title).Set("$lost_body", lost.Body).Set("$at", time.GetUtcNow().ToUnixTimeMilliseconds()).Run();
        statements.Of<LocalDatabase>("TrimConflicts").Set("$keep", LostEditsKept).Run();
    }

    private bool Settle(Statements statements, NoteChange change, Note local, Revision remote, Operation unsent, List<ConflictNotice> conflicts)
    {
        var resolution = strategy.Resolve(local.Content, remote, BaseRows.Find(statements, change.Id));
        Record(
            statements,
            new ConflictNotice(change.Id, KindOf(unsent, remote), resolution.Winner, (resolution.LosesLocal ? unsent.Edits : 0) + (resolution.LosesRemote ? 1 : 0)),
            resolution.LosesLocal ? local.Content : remote,
            conflicts);
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

    private static ConflictKind KindOf(Operation unsent, Revision remote) => unsent.Kind switch
    {
        OperationKind.Delete => ConflictKind.DeleteUpdate,
        OperationKind.Insert => ConflictKind.InsertInsert,
        _ => remote.IsDeleted ? ConflictKind.UpdateDelete : ConflictKind.UpdateUpdate,
    };
}
