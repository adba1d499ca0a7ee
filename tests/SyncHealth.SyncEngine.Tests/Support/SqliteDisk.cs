using System.Globalization;
using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.Sqlite;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Keeps an SQLite database that has no file: the same statements, without a disk's time.</summary>
internal sealed class SqliteDisk : IDisk
{
    private static int _databases;

    private readonly string _path;
    private readonly SqliteConnection _keeper;
    private SqliteStore? _store;

    public SqliteDisk()
    {
        // Databases in memory are shared by name over the whole process, and last as long as one connection to them.
        _path = string.Create(CultureInfo.InvariantCulture, $"file:disk{Interlocked.Increment(ref _databases)}?mode=memory&cache=shared");
        SQLitePCL.Batteries_V2.Init();
        _keeper = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false }.ConnectionString);
        _keeper.Open();
    }

    /// <inheritdoc/>
    public ILocalStore Open(string device)
    {
        _store?.Dispose();
        return _store = SqliteStore.Open(_path, device);
    }

    public void Dispose()
    {
        _store?.Dispose();
        _keeper.Dispose();
    }
}
