namespace SyncHealth.Storage;

/// <summary>The text of a <c>.sql</c> file that stands beside the class which runs it.</summary>
internal static class SqlFile
{
    /// <summary>Reads <paramref name="name"/><c>.sql</c> from the folder of <typeparamref name="T"/>'s namespace.</summary>
    public static string Beside<T>(string name) =>
        EmbeddedText.Read(typeof(T).Assembly, $"{typeof(T).Namespace}.{name}.sql");
}
