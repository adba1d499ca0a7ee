using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>
/// The default store: one SQLite file, one connection, short synchronous transactions. The lock is never held across a wait for the network, so a read
/// costs the same online and offline.
/// </summary>
public sealed class SqliteStore : ILocalStore
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Statements _statements;
    private readonly SqliteStoreTransaction _transaction;
    private bool _isClosed;

    private SqliteStore(SqliteConnection connection, string device)
    {
        _connection = connection;
        _statements = new Statements(connection);
        _transaction = new SqliteStoreTransaction(_statements, device);
    }

    /// <inheritdoc/>
    public event Action? Committed;

    /// <summary>Opens the file, creates it or upgrades its schema, and names the device in it.</summary>
    /// <param name="path">The file; its folder is created too.</param>
    /// <param name="device">The device. A file that names another one already keeps that name.</param>
    /// <exception cref="StoreException">The file cannot be opened or is no database.</exception>
    /// <exception cref="InvalidOperationException">A newer program has written the file.</exception>
    public static SqliteStore Open(string path, string device)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        SQLitePCL.Batteries_V2.Init();
        var store = new SqliteStore(new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString), device);
        try
        {
            store.Prepare(device);
            return store;
        }
        catch (SqliteException exception)
        {
            store.Dispose();
            throw Failed(exception);
        }
        catch (Exception exception) when (exception is StoreException or InvalidOperationException)
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public T Read<T>(Func<IStoreTransaction, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            try
            {
                return read(_transaction);
            }
            catch (SqliteException exception)
            {
                throw Failed(exception);
            }
        }
    }

    /// <inheritdoc/>
    public T Write<T>(Func<IStoreTransaction, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var result = Commit(write);
        Committed?.Invoke();
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>Of SQLite's that is its page cache: a database of one note has it filled with a page of each of its tables and indexes.</remarks>
    public void Rest()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            try
            {
                _statements.Of("ShrinkMemory").First(static _ => true);
            }
            catch (SqliteException)
            {
                // What could not be let go is no harm: the next read of the file says what is wrong with it.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _statements.Dispose();
            _connection.Dispose();
        }
    }

    private static StoreException Failed(SqliteException exception) =>
        new("sqlite_" + exception.SqliteErrorCode.ToString(CultureInfo.InvariantCulture), exception.Message, exception);

    private T Commit<T>(Func<IStoreTransaction, T> write)
    {
        if (_lock.IsHeldByCurrentThread)
            throw new InvalidOperationException("A transaction of the local store cannot begin another one.");
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            try
            {
                using var transaction = _connection.BeginTransaction(deferred: false);
                _statements.Transaction = transaction;
                var result = write(_transaction);
                transaction.Commit();
                return result;
            }
            catch (SqliteException exception)
            {
                throw Failed(exception);
            }
            finally
            {
                _statements.Transaction = null;
            }
        }
    }

    private void Prepare(string device)
    {
        _connection.Open();
        using var configure = _connection.CreateCommand();
        configure.CommandText = SqlText.Of("Configure");
        configure.ExecuteNonQuery();
        SqliteSchema.Upgrade(_connection);
        Commit(_ => _statements.Of("CreateState").Set("$device", device).Run());
    }
}
