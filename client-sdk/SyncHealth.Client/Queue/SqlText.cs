using System.Collections.Concurrent;

namespace SyncHealth.Client.Queue;

/// <summary>The text of the <c>.sql</c> files of this folder.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    internal static string Of(string name) => Texts.GetOrAdd(name, Read);

    private static string Read(string name)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream($"{typeof(SqlText).Namespace}.{name}.sql")
            ?? throw new InvalidOperationException($"{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
