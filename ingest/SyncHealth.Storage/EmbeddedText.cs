using System.Reflection;

namespace SyncHealth.Storage;

/// <summary>Reads the <c>.sql</c> files that are embedded in an assembly.</summary>
internal static class EmbeddedText
{
    /// <exception cref="InvalidOperationException">No such file is embedded.</exception>
    public static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
