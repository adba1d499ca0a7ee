using Microsoft.Data.Sqlite;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Queue;

/// <summary>
/// Finds the queue file that is ours: the first of <c>queue.db</c>, <c>queue-2.db</c>… that no other process holds, each with its own install and numbers,
/// so that two processes on one folder stay apart. A damaged file is set aside and replaced.
/// </summary>
internal sealed class QueueFolder(string? directory) : IDisposable
{
    /// <summary>Processes that may share a folder: an app, its extensions and its background service, with room.</summary>
    private const int MaxFiles = 8;

    // How "somebody else holds it" reads in an exception on Windows, Linux and Apple's systems.
    private const int SharingViolation = 32;
    private const int LinuxWouldBlock = 11;
    private const int AppleWouldBlock = 35;

    private FileStream? _lock;

    /// <summary>Whether a damaged file was replaced.</summary>
    internal bool Replaced { get; private set; }

    /// <exception cref="SqliteException">The file cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be made, or all its files are taken.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    internal QueueConnection Open()
    {
        if (directory is null)
            return WithInstall(QueueConnection.Open(":memory:"), null);

        Directory.CreateDirectory(directory);
        for (var number = 1; number <= MaxFiles; number++)
            if (TryOpen(Path.Combine(directory, number == 1 ? "queue.db" : $"queue-{number}.db")) is { } connection)
                return connection;

        throw new IOException($"All {MaxFiles} queue files of the folder are held by other processes.");
    }

    /// <summary>Whether an error says that the file itself is broken, and not the disk below it.</summary>
    internal static bool IsDamage(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB };

    public void Dispose() => _lock?.Dispose();

    private QueueConnection? TryOpen(string path)
    {
        if (!TryLock(path + ".lock"))
            return null;
        QueueConnection? opened = null;
        try
        {
            return opened = WithInstall(QueueConnection.Open(path), null);
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

    private QueueConnection Replace(string path)
    {
        Replaced = true;
        var books = Salvage(path);
        SetAside(path);
        return WithInstall(QueueConnection.Open(path), books);
    }

    // The statements of an opening are the same for everyone: if one of them does not fit, the file is none of ours.
    private static bool IsForeign(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_MISMATCH }
            or InvalidOperationException or InvalidCastException;

    /// <summary>Reads the books of a damaged file where that still goes, so that identity and numbers live on and the loss is exact.</summary>
    private static QueueBooks Salvage(string path)
    {
        try
        {
            using var connection = QueueConnection.OpenUnchecked(path);
            var books = QueueBooks.Read(connection);
            if (books.Lost >= 0)
                return books;
        }
        catch (Exception exception) when (exception is SqliteException || IsForeign(exception))
        {
            System.Diagnostics.Debug.WriteLine(exception.Message);
        }

        // How much was lost cannot be known: one number stands for it.
        return new QueueBooks(Guid.NewGuid().ToString(), 1, 0, 0, 0, 0, new Dictionary<string, long>());
    }

    private static void SetAside(string path)
    {
        File.Delete(path + ".damaged");
        File.Move(path, path + ".damaged");
        // A log without its file would be replayed into the new one.
        File.Delete(path + "-wal");
        File.Delete(path + "-journal");
    }

    private static QueueConnection WithInstall(QueueConnection connection, QueueBooks? salvaged)
    {
        QueueConnection? unfinished = connection;
        try
        {
            if (connection.Scalar("Books") is null)
                AddInstall(connection, salvaged);
            unfinished = null;
            return connection;
        }
        finally
        {
            unfinished?.Dispose();
        }
    }

    private static void AddInstall(QueueConnection connection, QueueBooks? salvaged)
    {
        using var transaction = connection.Begin();
        connection.Execute(
            "AddInstall",
            ("@id", salvaged?.InstallId ?? Guid.NewGuid().ToString()),
            ("@issued", salvaged?.Issued ?? 0),
            ("@sent", salvaged?.Sent ?? 0),
            ("@rejected", salvaged?.Rejected ?? 0));
        if (salvaged is not null)
        {
            foreach (var reason in salvaged.Dropped)
                connection.Execute("RestoreDropped", ("@reason", reason.Key), ("@total", reason.Value));
            connection.Execute("CountDropped", ("@reason", DropReasons.QueueDamaged), ("@count", salvaged.Lost));
        }

        transaction.Commit();
    }
}
