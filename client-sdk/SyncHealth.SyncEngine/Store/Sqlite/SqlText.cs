using System.Collections.Concurrent;

namespace SyncHealth.SyncEngine.Store.Sqlite;

/// <summary>Texts of statements, read once per process: a fleet opens hundreds of databases with the same statements.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    public static string Of(string name) => Texts.GetOrAdd(name, static name => SqlFile.Beside<SqliteStore>(name));
}
