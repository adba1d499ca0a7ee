using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SyncHealth.Benchmarks.Engine;

/// <summary>The baseline of a first sync: the same rows upserted into SQLite, page by page, with no engine and no network around it.</summary>
internal static class PlainSqlite
{
    private static readonly string Create = BenchmarkSql.Beside<EngineServer>("CreatePlain");
    private static readonly string Upsert = BenchmarkSql.Beside<EngineServer>("UpsertPlain");

    private static readonly string[] Columns = ["$id", "$title", "$body", "$edited_at", "$device", "$version"];

    /// <summary>Rows a second.</summary>
    public static double Measure(string path, int rows, int page)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        using (var create = connection.CreateCommand())
        {
            create.CommandText = Create;
            create.ExecuteNonQuery();
        }

        using var upsert = connection.CreateCommand();
        upsert.CommandText = Upsert;
        var values = Columns.Select(name => upsert.Parameters.Add(new SqliteParameter(name, null))).ToArray();
        var body = new string('b', 96);
        var start = TimeProvider.System.GetTimestamp();
        for (var first = 1; first <= rows; first += page)
        {
            using var transaction = connection.BeginTransaction();
            upsert.Transaction = transaction;
            for (var row = first; row < Math.Min(first + page, rows + 1); row++)
            {
                values[0].Value = "n" + row.ToString("d7", CultureInfo.InvariantCulture);
                values[1].Value = "note " + row.ToString(CultureInfo.InvariantCulture);
                (values[2].Value, values[3].Value, values[4].Value, values[5].Value) = (body, 1_700_000_000_000 + row, "filler", (long)row);
                upsert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
