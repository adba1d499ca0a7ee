using System.Runtime.CompilerServices;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// The app's only way to its notes. Reads come from the local database and never wait for the network; a write and its outbox row
/// are one transaction, visible at once and sent when there is a network.
/// </summary>
public sealed class NotesRepository
{
    /// <summary>Longest title in characters: what the server stores.</summary>
    public const int MaxTitleLength = 500;

    /// <summary>Longest body in characters: 100 of them in one batch stay below the server's request limit of 30 MB.</summary>
    public const int MaxBodyLength = 64 * 1024;

    private readonly ILocalStore _store;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly string _device;
    private readonly ChangeSignal _changed = new();

    internal NotesRepository(ILocalStore store, string device, TimeProvider time, Random random)
    {
        _store = store;
        _device = device;
        _time = time;
        _random = random;
        store.Committed += _changed.Raise;
    }

    /// <summary>Raised after a local edit is stored, on the caller's thread: the trigger for a push.</summary>
    public event Action? Edited;

    /// <summary>One note, or null when it does not exist or is deleted.</summary>
    public Note? Find(string id) =>
        _store.Read(transaction => Present(transaction, id));

    /// <summary>The newest notes.</summary>
    public IReadOnlyList<Note> List(int limit = 100, int offset = 0) =>
        _store.Read(transaction => transaction.Records.List(EntityNames.Note, limit, offset));

    /// <summary>How many notes there are, deleted ones not counted.</summary>
    public int Count() => _store.Read(static transaction => transaction.Records.Count(EntityNames.Note));

    /// <summary>The newest edits that lost a conflict, newest first; the last 500 are kept.</summary>
    public IReadOnlyList<LostEdit> LostEdits(int limit = 50) =>
        [.. _store.Read(transaction => transaction.Conflicts.Newest(limit, isLossOnly: true)).Select(static conflict =>
            new LostEdit(conflict.NoteId, conflict.Kind, conflict.Winner, conflict.Title, conflict.Body, conflict.At))];

    /// <summary>The newest conflicts that this device met, newest first, with what became of them; the last 500 are kept.</summary>
    public IReadOnlyList<SettledConflict> Conflicts(int limit = 50) =>
        _store.Read(transaction => transaction.Conflicts.Newest(limit));

    /// <summary>The newest notes now, and again whenever they have changed: by an edit here, or page by page while a sync brings what is new.</summary>
    /// <remarks>Changes in quick succession may share one list; two lists that follow one another differ.</remarks>
    public IAsyncEnumerable<IReadOnlyList<Note>> WatchAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        WatchAsync(() => List(limit), static (before, after) => before.SequenceEqual(after), cancellationToken);

    /// <summary>One note now, and again whenever it has changed; null while it does not exist or is deleted.</summary>
    public IAsyncEnumerable<Note?> WatchAsync(string id, CancellationToken cancellationToken = default) =>
        WatchAsync(() => Find(id), static (before, after) => before == after, cancellationToken);

    /// <summary>Adds a note.</summary>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public Note Create(string title, string body)
    {
        Check(title, body);
        return Edit(transaction => Add(transaction, title, body))!;
    }

    /// <summary>Adds many notes in one transaction: an import. Returns how many.</summary>
    /// <exception cref="ArgumentException">A title or body is too long; nothing is stored.</exception>
    public int CreateMany(IReadOnlyList<(string Title, string Body)> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        foreach (var (title, body) in notes)
            Check(title, body);
        Edit(transaction =>
        {
            Note? last = null;
            foreach (var (title, body) in notes)
                last = Add(transaction, title, body);
            return last;
        });
        return notes.Count;
    }

    /// <summary>Changes a note; null when it does not exist or is deleted.</summary>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public Note? Update(string id, string title, string body)
    {
        Check(title, body);
        return Edit(transaction => Present(transaction, id) is { } note
            ? Store(transaction, id, new Revision(title, body, IsDeleted: false, NextStamp(transaction, note.Content.Edited.Millis)))
            : null);
    }

    /// <summary>Deletes a note; false when it does not exist or is deleted already.</summary>
    public bool Delete(string id) => Edit(transaction =>
    {
        if (Present(transaction, id) is not { } note)
            return null;
        var tombstone = note.Content with { IsDeleted = true, Edited = NextStamp(transaction, note.Content.Edited.Millis) };
        return Store(transaction, id, tombstone);
    }) is not null;

    /// <summary>The store may outlive the engine: nobody watches through it any more.</summary>
    internal void Close() => _store.Committed -= _changed.Raise;

    /// <summary>A query as a stream. It reads the local database only: a watcher sees the same with the network down.</summary>
    private async IAsyncEnumerable<T> WatchAsync<T>(Func<T> query, Func<T, T, bool> isSame, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changed = _changed.Next;
        var last = query();
        yield return last;
        while (true)
        {
            await changed.WaitAsync(cancellationToken);
            // The signal is taken before the read: a change in between wakes the next round instead of being missed.
            changed = _changed.Next;
            var now = query();
            if (isSame(last, now))
                continue;
            last = now;
            yield return now;
        }
    }

    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    internal static void Check(string title, string body)
    {
        if (title.Length > MaxTitleLength)
            throw new ArgumentException($"A title has at most {MaxTitleLength} characters.", nameof(title));
        if (body.Length > MaxBodyLength)
            throw new ArgumentException($"A body has at most {MaxBodyLength} characters.", nameof(body));
    }

    private static Note? Present(IStoreTransaction transaction, string id) =>
        RecordId.EntityOf(id) == EntityNames.Note && transaction.Records.Find(id) is { Content.IsDeleted: false } note ? note : null;

    private Note? Edit(Func<IStoreTransaction, Note?> edit)
    {
        var note = _store.Write(edit);
        if (note is not null)
            Edited?.Invoke();
        return note;
    }

    private Note Add(IStoreTransaction transaction, string title, string body)
    {
        var stamp = NextStamp(transaction, 0);
        return Store(transaction, RecordId.New(stamp.Millis, _random), new Revision(title, body, IsDeleted: false, stamp));
    }

    private Note Store(IStoreTransaction transaction, string id, Revision content) => RecordEdits.Store(transaction, id, content, _time.GetUtcNow());

    private Stamp NextStamp(IStoreTransaction transaction, long after) => EditClock.Next(transaction, _device, _time.GetUtcNow(), after);
}
