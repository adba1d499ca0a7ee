using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SyncHealth.SyncEngine.Store.Sqlite;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Databases as apps of each released schema have left them on phones: binary files, each with the script that says what is in it.</summary>
internal static class VersionFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Store", "Versions");

    /// <summary>Puts the file of a version at a path, as if the app had been updated there.</summary>
    public static void Install(int version, string path) =>
        File.Copy(Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"version{version}.db")), path);

    /// <summary>Makes the file of a version anew, from its migrations and its script.</summary>
    public static void Build(int version, string path)
    {
        using var connection = Connect(path);
        SqliteSchema.Upgrade(connection, from: 0, to: version);
        Execute(connection, File.ReadAllText(Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"version{version}.sql"))));
    }

    /// <summary>Opens a file without upgrading it.</summary>
    public static SqliteConnection Connect(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Its schema as text.</summary>
    public static string SchemaOf(string path)
    {
        using var connection = Connect(path);
        return string.Join('\n', Rows(connection, "select type, name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name").Prepend(Rows(connection, "pragma user_version")[0]));
    }

    /// <summary>Schema and every row as text.</summary>
    public static string DumpOf(string path)
    {
        using var connection = Connect(path);
        var text = new StringBuilder(SchemaOf(path));
        foreach (var table in Rows(connection, "select name from sqlite_schema where type = 'table' order by name"))
            text.AppendLine(table).AppendJoin('\n', Rows(connection, $"select * from {table} order by 1")).AppendLine();
        return text.ToString();
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        return rows;
    }
}
