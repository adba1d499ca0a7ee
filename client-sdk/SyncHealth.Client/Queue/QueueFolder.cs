using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Queue;

/// <summary>
/// Finds the queue file that is ours: the first of <c>queue.db</c>, <c>queue-2.db</c>… that no other process holds, each with its own install and numbers,
/// so that two processes on one folder stay apart. A damaged file is set aside and replaced.
/// </summary>
/// <param name="directory">The folder; <see langword="null"/> keeps the queue in memory.</param>
/// <param name="only">Opens this file and no other, if it is there and nobody holds it.</param>
internal sealed class QueueFolder(string? directory, int? only = null) : IDisposable
{
    /// <summary>Processes that may share a folder: an app, its extensions and its background service, with room.</summary>
    private const int MaxFiles = 8;

    // How "somebody else holds it" reads in an exception on Windows, Linux and Apple's systems.
    private const int SharingViolation = 32;
    private const int LinuxWouldBlock = 11;
    private const int AppleWouldBlock = 35;

    private FileStream? _lock;
    private string? _path;

    // Ours even while it is closed and opened again.
    private string? _ours;

    /// <summary>Whether a damaged file was replaced.</summary>
    internal bool Replaced { get; private set; }

    /// <summary>Whether the open file was deleted from under us, for example with the folder: what is written to it would be gone with the process.</summary>
    internal bool IsGone => _path is not null && !File.Exists(_path);

    /// <summary>The files of the folder that are not ours: those of other processes, living and dead.</summary>
    internal IEnumerable<int> Others() => directory is null ? [] : Enumerable.Range(1, MaxFiles).Where(number => PathOf(number) != _ours && File.Exists(PathOf(number)));

    /// <param name="carried">What a file that is no longer there held, for the new one.</param>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be made, or all its files are taken.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    internal QueueConnection Open(Salvage? carried = null)
    {
        if (directory is null)
            return WithInstall(QueueConnection.Open(":memory:"), null);

        if (only is { } chosen)
            return (File.Exists(PathOf(chosen)) ? TryOpen(PathOf(chosen), carried) : null) ?? throw new IOException($"Queue file {chosen} of the folder is gone or held by another process.");
        Directory.CreateDirectory(directory);
        for (var number = 1; number <= MaxFiles; number++)
            if (TryOpen(PathOf(number), carried) is { } connection)
                return connection;

        throw new IOException($"All {MaxFiles} queue files of the folder are held by other processes.");
    }

    /// <summary>Whether an error says that the file itself is broken, and not the disk below it.</summary>
    internal static bool IsDamage(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB };

    public void Dispose() => _lock?.Dispose();

    private string PathOf(int number) => Path.Combine(directory!, number == 1 ? "queue.db" : $"queue-{number}.db");

    private QueueConnection? TryOpen(string path, Salvage? carried)
    {
        if (!TryLock(path + ".lock"))
            return null;
        QueueConnection? opened = null;
        try
        {
            FinishReplacement(path);
            return opened = WithInstall(QueueConnection.Open(path), carried);
        }
        // Where the file system knows no such locks, SQLite's own still tells, after a wait.
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            return null;
        }
        catch (NewerQueueException)
        {
            return null;
        }
        catch (Exception exception) when (IsDamage(exception) || IsForeign(exception))
        {
            return opened = Replace(path);
        }
        finally
        {
            _path = opened is null ? null : path;
            _ours = _path ?? _ours;
            if (opened is null)
                _lock?.Dispose();
        }
    }

    // A file of its own: to open and close the queue file beside SQLite would drop SQLite's locks on it (POSIX).
    private bool TryLock(string path)
    {
        try
        {
            _lock?.Dispose();
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return true;
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) is SharingViolation or LinuxWouldBlock or AppleWouldBlock)
        {
            return false;
        }
    }

    // The new file is whole before it takes the place of the old one: a crash in between leaves one of the two.
    private QueueConnection Replace(string path)
    {
        Replaced = true;
        var salvage = Salvage.Read(path);
        Remove(NewOf(path));
        WithInstall(QueueConnection.Open(NewOf(path)), salvage).Dispose();
        File.Delete(path + ".damaged");
        File.Move(path, path + ".damaged");
        FinishReplacement(path);
        return QueueConnection.Open(path);
    }

    private static void FinishReplacement(string path)
    {
        if (File.Exists(path) || !File.Exists(NewOf(path)))
            return;
        // A log without its file would be replayed into the new one.
        Remove(path);
        File.Move(NewOf(path), path);
    }

    private static string NewOf(string path) => path + ".new";

    private static void Remove(string path)
    {
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-journal");
    }

    // The statements of an opening are the same for everyone: if one of them does not fit, the file is none of ours.
    internal static bool IsForeign(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_MISMATCH }
            or InvalidOperationException or InvalidCastException;

    private static QueueConnection WithInstall(QueueConnection connection, Salvage? salvage)
    {
        QueueConnection? unfinished = connection;
        try
        {
            if (connection.Scalar("Books") is null)
                AddInstall(connection, salvage);
            unfinished = null;
            return connection;
        }
        finally
        {
            unfinished?.Dispose();
        }
    }

    private static void AddInstall(QueueConnection connection, Salvage? salvage)
    {
        using var transaction = connection.Begin();
        var books = salvage?.Books;
        connection.Execute(
            "AddInstall",
            ("@id", books?.InstallId ?? Guid.NewGuid().ToString()),
            ("@issued", books?.Issued ?? 0),
            ("@sent", books?.Sent ?? 0),
            ("@rejected", books?.Rejected ?? 0));
        if (salvage is not null)
            Restore(connection, salvage);
        transaction.Commit();
    }

    private static void Restore(QueueConnection connection, Salvage salvage)
    {
        foreach (var reason in salvage.Books.Dropped)
            connection.Execute("RestoreDropped", ("@reason", reason.Key), ("@total", reason.Value));
        if (salvage.Lost > 0)
            connection.Execute("CountDropped", ("@reason", DropReasons.QueueDamaged), ("@count", salvage.Lost));
        foreach (var e in salvage.Events)
            connection.Execute(
                "AddEvent",
                ("@seq", e.Seq), ("@resource_id", connection.Scalar("InternResource", ("@json", e.Resource))), ("@recorded_at_ms", e.RecordedAtMs),
                ("@session", e.Session), ("@uptime_ms", e.UptimeMs), ("@json", e.Json));
    }
}
