using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>
/// A prepared statement that a first sync runs for every record: bound by position and run without a reader, where a command of
/// <see cref="Statement"/> looks up each parameter by name. Not for several threads.
/// </summary>
internal sealed class RepeatedStatement : IDisposable
{
    /// <summary>Bytes that a UTF-16 unit takes in UTF-8, at most.</summary>
    private const int MostBytesOfAUnit = 3;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];

    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public RepeatedStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_connection, sql, out _statement), _connection);
    }

    /// <summary>Binds the parameter that comes first in the text at position 1, as SQLite counts.</summary>
    public RepeatedStatement Set(int position, string value)
    {
        var most = value.Length * MostBytesOfAUnit;
        if (_text.Length < most)
            _text = new byte[most];
        var length = Encoding.UTF8.GetBytes(value, _text);
        // SQLite copies the text.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_text(_statement, position, _text.AsSpan(0, length)), _connection);
        return this;
    }

    public RepeatedStatement Set(int position, long value)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(_statement, position, value), _connection);
        return this;
    }

    /// <summary>Runs the statement in the transaction that the connection has; returns how many rows it changed.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run()
    {
        var result = raw.sqlite3_step(_statement);
        // Says once more what the step has said, and makes the statement ready for the next row.
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, _connection);
        return raw.sqlite3_changes(_connection);
    }

    public void Dispose() => _statement.Dispose();
}
