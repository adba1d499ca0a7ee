using Microsoft.Data.Sqlite;

namespace SyncHealth.SyncEngine.Store;

/// <summary>A prepared statement of one connection, bound and run again and again.</summary>
internal sealed class Statement(SqliteCommand command)
{
    public Statement Set(string name, object? value)
    {
        var parameter = command.Parameters.Contains(name) ? command.Parameters[name] : command.Parameters.Add(new SqliteParameter { ParameterName = name });
        parameter.Value = value ?? DBNull.Value;
        return this;
    }

    public int Run() => command.ExecuteNonQuery();

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
}
