namespace SyncHealth.Benchmarks;

/// <summary>The text of a <c>.sql</c> file that stands beside the class which runs it.</summary>
internal static class BenchmarkSql
{
    public static string Beside<T>(string name)
    {
        using var stream = typeof(T).Assembly.GetManifestResourceStream($"{typeof(T).Namespace}.{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
