using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Loop;

/// <summary>Takes the server's answer to a batch into the local database: each operation leaves the outbox exactly when its answer is stored.</summary>
internal sealed class Acknowledgement(RemoteChanges remoteChanges)
{
    private const string UnknownReason = "refused";

    /// <summary>Applies the results in one transaction.</summary>
    public void Apply(IStoreTransaction transaction, OutboxBatch batch, PushResponse response, CycleTally tally)
    {
        for (var index = 0; index < batch.Operations.Count; index++)
            Apply(transaction, batch.Operations[index], response.Results[index], tally);
    }

    private void Apply(IStoreTransaction transaction, Operation operation, PushResult result, CycleTally tally)
    {
        if (result.Status == PushStatus.Rejected)
        {
            OutboxQueue.Park(transaction, operation.Sequence, result.Reason ?? UnknownReason);
            tally.Refused.Add((RecordId.EntityOf(operation.NoteId), result.Reason ?? UnknownReason));
            return;
        }

        if (result is { Status: PushStatus.Superseded, Conflict: null, Current: { } standing })
        {
            // The server has left the decision to this device: the edit waits again, and meets what stands.
            OutboxQueue.Reopen(transaction, operation.Sequence);
            remoteChanges.Apply(transaction, standing, tally.Conflicts);
            return;
        }

        transaction.Outbox.Remove(operation.Sequence);
        tally.Pushed++;
        if (result.Status == PushStatus.Superseded && result.Current is { } current)
            remoteChanges.Apply(transaction, current, tally.Conflicts);
        else
            Confirm(transaction, operation, result);
        if (result.Conflict is { } conflict)
            Note(transaction, operation, result, conflict, tally);
    }

    private static void Confirm(IStoreTransaction transaction, Operation operation, PushResult result)
    {
        if (operation.Kind != OperationKind.Delete && result.EditedAt < operation.Content.Edited.Millis)
            EditClock.Bound(transaction, result.EditedAt);
        var isUntouched = !OutboxQueue.HasAny(transaction, operation.NoteId);
        if (isUntouched && operation.Kind == OperationKind.Delete)
            ServerRevisions.Drop(transaction, operation.NoteId);
        else if (isUntouched)
            ServerRevisions.Confirm(transaction, operation.NoteId, result.Version, result.EditedAt);
        else
            ServerRevisions.MarkSeen(transaction, operation.NoteId, result.Version, operation.Content);
    }

    private void Note(IStoreTransaction transaction, Operation operation, PushResult result, PushConflict conflict, CycleTally tally)
    {
        var isLocal = conflict.Winner == Wire.ConflictWinner.NameOf(ConflictWinner.Local);
        var kind = Wire.ConflictKind.TryParse(conflict.Kind, out var known) ? known : ConflictKind.Unknown;
        var lost = isLocal && result.Current is { } beaten
            ? new Revision(beaten.Title, beaten.Body, beaten.IsDeleted, new Stamp(beaten.EditedAt, beaten.Device))
            : operation.Content;
        var winner = isLocal ? ConflictWinner.Local : ConflictWinner.Remote;
        remoteChanges.Record(transaction, operation.NoteId, kind, winner, isLocal ? 1 : operation.Edits, lost, tally.Conflicts);
    }
}
