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
    public void Apply(Statements statements, OutboxBatch batch, PushResponse response, CycleTally tally)
    {
        for (var index = 0; index < batch.Operations.Count; index++)
            Apply(statements, batch.Operations[index], response.Results[index], tally);
    }

    private void Apply(Statements statements, Operation operation, PushResult result, CycleTally tally)
    {
        if (result.Status == PushStatus.Rejected)
        {
            OutboxQueue.Park(statements, operation.Sequence, result.Reason ?? UnknownReason);
            tally.Refused.Add((RecordId.EntityOf(operation.NoteId), result.Reason ?? UnknownReason));
            return;
        }

        if (result is { Status: PushStatus.Superseded, Conflict: null, Current: { } standing })
        {
            // The server has left the decision to this device: the edit waits again, and meets what stands.
            OutboxQueue.Reopen(statements, operation.Sequence);
            remoteChanges.Apply(statements, standing, tally.Conflicts);
            return;
        }

        OutboxQueue.Drop(statements, operation.Sequence);
        tally.Pushed++;
        if (result.Status == PushStatus.Superseded && result.Current is { } current)
            remoteChanges.Apply(statements, current, tally.Conflicts);
        else
            Confirm(statements, operation, result);
        if (result.Conflict is { } conflict)
            Note(statements, operation, result, conflict, tally);
    }

    private static void Confirm(Statements statements, Operation operation, PushResult result)
    {
        if (operation.Kind != OperationKind.Delete && result.EditedAt < operation.Content.Edited.Millis)
            NoteRows.BoundStamp(statements, result.EditedAt);
        var isUntouched = !OutboxQueue.HasAny(statements, operation.NoteId);
        if (isUntouched && operation.Kind == OperationKind.Delete)
            NoteRows.Drop(statements, operation.NoteId);
        else if (isUntouched)
            NoteRows.MarkConfirmed(statements, operation.NoteId, result.Version, result.EditedAt);
        else
            NoteRows.MarkSeen(statements, operation.NoteId, result.Version, operation.Content);
    }

    private void Note(Statements statements, Operation operation, PushResult result, PushConflict conflict, CycleTally tally)
    {
        var isLocal = conflict.Winner == Wire.ConflictWinner.NameOf(ConflictWinner.Local);
        var kind = Wire.ConflictKind.TryParse(conflict.Kind, out var known) ? known : ConflictKind.Unknown;
        var lost = isLocal && result.Current is { } beaten
            ? new Revision(beaten.Title, beaten.Body, beaten.IsDeleted, new Stamp(beaten.EditedAt, beaten.Device))
            : operation.Content;
        var winner = isLocal ? ConflictWinner.Local : ConflictWinner.Remote;
        remoteChanges.Record(statements, operation.NoteId, kind, winner, isLocal ? 1 : operation.Edits, lost, tally.Conflicts);
    }
}
