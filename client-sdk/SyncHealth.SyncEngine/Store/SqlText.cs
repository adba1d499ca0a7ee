using System.Collections.Concurrent;

namespace SyncHealth.SyncEngine.Store;

/// <summary>Texts of statements, read once per process: a fleet opens hundreds of databases with the same statements.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<(Type Owner, string Name), string> Texts = [];

    public static string Of(Type owner, string name) =>
        Texts.GetOrAdd((owner, name), static key => SqlFile.Beside(key.Owner, key.Name));
}
