namespace SyncHealth.Architecture.Tests;

/// <summary>The files of this checkout, as the tests below read them.</summary>
internal static class Checkout
{
    private static readonly string[] Ignored = ["artifacts", "node_modules", "obj", "bin", ".git", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file, parsed once.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. With(".cs").Select(path => new SourceFile(path))];

    public static IEnumerable<string> With(params string[] extensions) =>
        Files.Where(path => extensions.Any(extension => path.EndsWith(extension, StringComparison.Ordinal)));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SyncHealth.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("SyncHealth.sln is not above the test's folder.");
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !Ignored.Contains(Path.GetFileName(child))))
            foreach (var file in Walk(child))
                yield return file;
    }
}
