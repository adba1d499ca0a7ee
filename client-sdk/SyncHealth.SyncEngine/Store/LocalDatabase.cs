using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// The app's data on this device: one SQLite file, one connection, short synchronous transactions. The lock is never held
/// across a wait for the network, so a read costs the same online and offline.
/// </summary>
internal sealed class LocalDatabase : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Statements _statements;

    private LocalDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _statements = new Statements(connection);
    }

    /// <summary>Raised after each transaction that was committed, outside of the lock: whoever shows data reads it anew.</summary>
    public event Action? Committed;

    /// <summary>Opens the file, creates or upgrades its schema, and names the device in it.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    /// <exception cref="InvalidOperationException">A newer program has written the file.</exception>
    public static LocalDatabase Open(string path, string device)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        var database = new LocalDatabase(connection);
        database.Read(statements => statements.Of<LocalDatabase>("Configure").Run());
        LocalSchema.Upgrade(database, connection);
        database.Write(statements => statements.Of<LocalDatabase>("CreateState").Set("$device", device).Run());
        return database;
    }

    /// <summary>Runs reads. The callback must not wait for anything.</summary>
    public T Read<T>(Func<Statements, T> read)
    {
        lock (_lock)
            return read(_statements);
    }

    /// <summary>Runs one transaction: everything of it becomes visible at once, or nothing when it throws.</summary>
    public T Write<T>(Func<Statements, T> write)
    {
        var result = Commit(write);
        Committed?.Invoke();
        return result;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _statements.Dispose();
            _connection.Dispose();
        }
    }

    /// <summary>The code under which a failure of this database is reported.</summary>
    public static string CodeOf(SqliteException exception) =>
        "sqlite_" + exception.SqliteErrorCode.ToString(CultureInfo.InvariantCulture);

    private T Commit<T>(Func<Statements, T> write)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _statements.Transaction = transaction;
            try
            {
                var result = write(_statements);
                transaction.Commit();
                return result;
            }
            finally
            {
                _statements.Transaction = null;
            }
        }
    }
}
