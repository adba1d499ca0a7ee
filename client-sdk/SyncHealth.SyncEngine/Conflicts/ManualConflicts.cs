using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>The conflicts that <see cref="AskTheApp"/> has left to the app, and the way to settle them.</summary>
public sealed class ManualConflicts
{
    private readonly ILocalStore _store;
    private readonly string _device;
    private readonly TimeProvider _time;

    internal ManualConflicts(ILocalStore store, string device, TimeProvider time) => (_store, _device, _time) = (store, device, time);

    /// <summary>Raised after a decision is stored, on the caller's thread: the trigger for a push.</summary>
    public event Action? Settled;

    /// <summary>What waits, oldest first.</summary>
    public IReadOnlyList<WaitingConflict> List() => _store.Read(static transaction => transaction.Conflicts.Held()
        .Select(held => new WaitingConflict(
            held.NoteId, held.Kind, transaction.Records.Find(held.NoteId)!.Content, held.Theirs, transaction.Records.FindOrigin(held.NoteId), held.MetAt))
        .ToList());

    /// <summary>One side stays as it is; the other can be found in <see cref="NotesRepository.LostEdits"/>. False when no such conflict waits.</summary>
    /// <param name="noteId">The note.</param>
    /// <param name="isMine">This device's edit stays, else the server's.</param>
    public bool Keep(string noteId, bool isMine) => Decide(noteId, (transaction, held, mine, edits) =>
    {
        if (isMine)
        {
            ServerRevisions.MarkSeen(transaction, noteId, held.Version, held.Theirs);
            OutboxQueue.Release(transaction, noteId);
        }
        else
        {
            OutboxQueue.DropOpen(transaction, noteId);
            ServerRevisions.Take(transaction, noteId, held.Theirs, held.Version);
        }

        var notice = new ConflictNotice(noteId, held.Kind, ConflictStrategy.Manual, isMine ? ConflictWinner.Local : ConflictWinner.Remote, isMine ? 1 : edits);
        ConflictLog.Add(transaction, notice, isMine ? held.Theirs : mine.Content, _time.GetUtcNow());
        return notice;
    });

    /// <summary>A person has made one note of both: nothing counts as lost. False when no such conflict waits.</summary>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public bool Merge(string noteId, string title, string body)
    {
        NotesRepository.Check(title, body);
        return Decide(noteId, (transaction, held, mine, _) =>
        {
            var now = _time.GetUtcNow();
            var stamp = EditClock.Next(transaction, _device, now, Math.Max(mine.Content.Edited.Millis, held.Theirs.Edited.Millis));
            ServerRevisions.MarkSeen(transaction, noteId, held.Version, held.Theirs);
            OutboxQueue.Release(transaction, noteId);
            RecordEdits.Store(transaction, noteId, new Revision(title, body, IsDeleted: false, stamp), now);
            return new ConflictNotice(noteId, held.Kind, ConflictStrategy.Manual, ConflictWinner.Merged, Discarded: 0);
        });
    }

    private bool Decide(string noteId, Func<IStoreTransaction, HeldConflict, Note, int, ConflictNotice> decide)
    {
        var isSettled = _store.Write(transaction =>
        {
            if (transaction.Conflicts.FindHeld(noteId) is not { } held || transaction.Records.Find(noteId) is not { } mine)
                return false;
            transaction.Conflicts.RemoveHeld(noteId);
            transaction.Conflicts.AddDecision(decide(transaction, held, mine, OutboxQueue.FindOpen(transaction, noteId)?.Edits ?? 0));
            return true;
        });
        if (isSettled)
            Settled?.Invoke();
        return isSettled;
    }
}
