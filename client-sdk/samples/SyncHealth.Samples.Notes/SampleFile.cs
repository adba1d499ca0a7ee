namespace SyncHealth.Samples.Notes;

/// <summary>A file of <c>Screens/</c> that travels inside the assembly.</summary>
internal static class SampleFile
{
    /// <exception cref="InvalidOperationException">No such file is embedded.</exception>
    public static string Text(string name)
    {
        using var stream = typeof(SampleFile).Assembly.GetManifestResourceStream($"{typeof(SampleFile).Namespace}.Screens.{name}")
            ?? throw new InvalidOperationException($"'{name}' is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
