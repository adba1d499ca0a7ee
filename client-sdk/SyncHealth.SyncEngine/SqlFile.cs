namespace SyncHealth.SyncEngine;

/// <summary>The text of a <c>.sql</c> file that stands beside the class which runs it.</summary>
internal static class SqlFile
{
    /// <summary>Reads <paramref name="name"/><c>.sql</c> from the folder of <typeparamref name="T"/>'s namespace.</summary>
    /// <exception cref="InvalidOperationException">No such file is embedded.</exception>
    public static string Beside<T>(string name) => Beside(typeof(T), name);

    /// <summary>Reads <paramref name="name"/><c>.sql</c> from the folder of <paramref name="type"/>'s namespace.</summary>
    /// <exception cref="InvalidOperationException">No such file is embedded.</exception>
    public static string Beside(Type type, string name)
    {
        var resource = $"{type.Namespace}.{name}.sql";
        using var stream = type.Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"'{resource}' is not embedded in {type.Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
