using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>The conflicts that <see cref="AskTheApp"/> has left to the app, and the way to settle them.</summary>
public sealed class ManualConflicts
{
    private readonly LocalDatabase _database;
    private readonly string _device;
    private readonly TimeProvider _time;

    internal ManualConflicts(LocalDatabase database, string device, TimeProvider time) => (_database, _device, _time) = (database, device, time);

    /// <summary>Raised after a decision is stored, on the caller's thread: the trigger for a push.</summary>
    public event Action? Settled;

    /// <summary>What waits, oldest first.</summary>
    public IReadOnlyList<WaitingConflict> List() => _database.Read(static statements => ConflictRows.AllHeld(statements)
        .Select(held => new WaitingConflict(
            held.NoteId, held.Kind, NoteRows.Find(statements, held.NoteId)!.Content, held.Theirs, BaseRows.Find(statements, held.NoteId), held.MetAt))
        .ToList());

    /// <summary>One side stays as it is; the other can be found in <see cref="NotesRepository.LostEdits"/>. False when no such conflict waits.</summary>
    /// <param name="noteId">The note.</param>
    /// <param name="isMine">This device's edit stays, else the server's.</param>
    public bool Keep(string noteId, bool isMine) => Decide(noteId, (statements, held, mine, edits) =>
    {
        if (isMine)
        {
            NoteRows.MarkSeen(statements, noteId, held.Version, held.Theirs);
            OutboxQueue.Release(statements, noteId);
        }
        else
        {
            OutboxQueue.DropOpen(statements, noteId);
            NoteRows.TakeRemote(statements, noteId, held.Theirs, held.Version);
        }

        var notice = new ConflictNotice(noteId, held.Kind, ConflictStrategy.Manual, isMine ? ConflictWinner.Local : ConflictWinner.Remote, isMine ? 1 : edits);
        ConflictRows.KeepLost(statements, notice, isMine ? held.Theirs : mine.Content, _time.GetUtcNow());
        return notice;
    });

    /// <summary>A person has made one note of both: nothing counts as lost. False when no such conflict waits.</summary>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public bool Merge(string noteId, string title, string body)
    {
        NotesRepository.Check(title, body);
        return Decide(noteId, (statements, held, mine, _) =>
        {
            var now = _time.GetUtcNow();
            var stamp = NoteRows.NextStamp(statements, _device, now, Math.Max(mine.Content.Edited.Millis, held.Theirs.Edited.Millis));
            NoteRows.MarkSeen(statements, noteId, held.Version, held.Theirs);
            OutboxQueue.Release(statements, noteId);
            RecordEdits.Store(statements, noteId, new Revision(title, body, IsDeleted: false, stamp), now);
            return new ConflictNotice(noteId, held.Kind, ConflictStrategy.Manual, ConflictWinner.Merged, Discarded: 0);
        });
    }

    private bool Decide(string noteId, Func<Statements, HeldConflict, Note, int, ConflictNotice> decide)
    {
        var isSettled = _database.Write(statements =>
        {
            if (ConflictRows.FindHeld(statements, noteId) is not { } held || NoteRows.Find(statements, noteId) is not { } mine)
                return false;
            ConflictRows.ForgetHeld(statements, noteId);
            ConflictRows.RecordDecision(statements, decide(statements, held, mine, OutboxQueue.FindOpen(statements, noteId)?.Edits ?? 0));
            return true;
        });
        if (isSettled)
            Settled?.Invoke();
        return isSettled;
    }
}
