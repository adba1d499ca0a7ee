using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>A prepared statement of one connection, bound and run again and again.</summary>
internal readonly struct Statement(SqliteCommand command)
{
    public Statement Set(string name, object? value)
    {
        var parameters = command.Parameters;
        var index = parameters.IndexOf(name);
        var parameter = index >= 0 ? parameters[index] : parameters.Add(new SqliteParameter { ParameterName = name });
        parameter.Value = value ?? DBNull.Value;
        return this;
    }

    /// <summary>Runs a statement that changes rows; returns how many.</summary>
    /// <exception cref="InvalidOperationException">No transaction runs: the caller has promised to read only.</exception>
    public int Run()
    {
        DemandTransaction();
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement that adds a row and returns its number.</summary>
    /// <exception cref="InvalidOperationException">As for <see cref="Run"/>.</exception>
    public long Add()
    {
        DemandTransaction();
        return Scalar();
    }

    public long Scalar() => (long)command.ExecuteScalar()!;

    public T? First<T>(Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public List<T> All<T>(Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private void DemandTransaction()
    {
        if (command.Transaction is null)
            throw new InvalidOperationException("A read of the local store cannot write.");
    }
}
