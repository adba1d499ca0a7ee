using System.Runtime.CompilerServices;
using SyncHealth.Contracts;
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

    private readonly LocalDatabase _database;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly string _device;
    private readonly ChangeSignal _changed = new();

    internal NotesRepository(LocalDatabase database, string device, TimeProvider time, Random random)
    {
        _database = database;
        _device = device;
        _time = time;
        _random = random;
        database.Committed += _changed.Raise;
    }

    /// <summary>Raised after a local edit is stored, on the caller's thread: the trigger for a push.</summary>
    public event Action? Edited;

    /// <summary>One note, or null when it does not exist or is deleted.</summary>
    public Note? Find(string id) =>
        _database.Read(statements => Present(statements, id));

    /// <summary>The newest notes.</summary>
    public IReadOnlyList<Note> List(int limit = 100, int offset = 0) =>
        _database.Read(statements => statements.Of<LocalDatabase>("ListNotes").Set("$entity", EntityNames.Note).Set("$limit", limit).Set("$offset", offset).All(NoteRows.Read));

    /// <summary>How many notes there are, deleted ones not counted.</summary>
    public int Count() => (int)_database.Read(statements => statements.Of<LocalDatabase>("CountNotes").Set("$entity", EntityNames.Note).Scalar());

    /// <summary>The newest edits that lost a conflict, newest first; the last 500 are kept.</summary>
    public IReadOnlyList<LostEdit> LostEdits(int limit = 50) =>
        _database.Read(statements => statements.Of<LocalDatabase>("LostEdits").Set("$limit", limit).All(static row => new LostEdit(
            row.GetString(0), (ConflictKind)row.GetInt32(1), (ConflictWinner)row.GetInt32(2), row.GetString(3), row.GetString(4),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)))));

    /// <summary>The newest conflicts that this device met, newest first, with what became of them; the last 500 are kept.</summary>
    public IReadOnlyList<SettledConflict> Conflicts(int limit = 50) =>
        _database.Read(statements => statements.Of<LocalDatabase>("ListConflicts").Set("$limit", limit).All(static row => new SettledConflict(
            row.GetInt64(0), row.GetString(1), (ConflictKind)row.GetInt32(2), (ConflictWinner)row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.GetString(6),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)))));

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
        return Edit(statements => Add(statements, title, body))!;
    }

    /// <summary>Adds many notes in one transaction: an import. Returns how many.</summary>
    /// <exception cref="ArgumentException">A title or body is too long; nothing is stored.</exception>
    public int CreateMany(IReadOnlyList<(string Title, string Body)> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        foreach (var (title, body) in notes)
            Check(title, body);
        Edit(statements =>
        {
            Note? last = null;
            foreach (var (title, body) in notes)
                last = Add(statements, title, body);
            return last;
        });
        return notes.Count;
    }

    /// <summary>Changes a note; null when it does not exist or is deleted.</summary>
    /// <exception cref="ArgumentException">Title or body is too long.</exception>
    public Note? Update(string id, string title, string body)
    {
        Check(title, body);
        return Edit(statements => Present(statements, id) is { } note
            ? Store(statements, id, new Revision(title, body, IsDeleted: false, NextStamp(statements, note.Content.Edited.Millis)))
            : null);
    }

    /// <summary>Deletes a note; false when it does not exist or is deleted already.</summary>
    public bool Delete(string id) => Edit(statements =>
    {
        if (Present(statements, id) is not { } note)
            return null;
        var tombstone = note.Content with { IsDeleted = true, Edited = NextStamp(statements, note.Content.Edited.Millis) };
        return Store(statements, id, tombstone);
    }) is not null;

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

    private static Note? Present(Statements statements, string id) =>
        RecordId.EntityOf(id) == EntityNames.Note && NoteRows.Find(statements, id) is { Content.IsDeleted: false } note ? note : null;

    private Note? Edit(Func<Statements, Note?> edit)
    {
        var note = _database.Write(edit);
        if (note is not null)
            Edited?.Invoke();
        return note;
    }

    private Note Add(Statements statements, string title, string body)
    {
        var stamp = NextStamp(statements, 0);
        return Store(statements, RecordId.New(stamp.Millis, _random), new Revision(title, body, IsDeleted: false, stamp));
    }

    private Note Store(Statements statements, string id, Revision content) => RecordEdits.Store(statements, id, content, _time.GetUtcNow());

    private Stamp NextStamp(Statements statements, long after) => NoteRows.NextStamp(statements, _device, _time.GetUtcNow(), after);

}
