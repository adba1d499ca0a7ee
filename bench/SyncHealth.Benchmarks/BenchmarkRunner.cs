using SyncHealth.Benchmarks.Decode;
using SyncHealth.Benchmarks.Ingest;
using SyncHealth.Benchmarks.Storage;
using SyncHealth.Benchmarks.Text;
using SyncHealth.Benchmarks.Vitals;

namespace SyncHealth.Benchmarks;

/// <summary>Runs benchmarks. Each measures its own baseline in the same run, so that a ratio means the same on any machine.</summary>
public static class BenchmarkRunner
{
    private const int UsageError = 64;

    private static readonly Dictionary<string, Func<BenchmarkDatabase, BenchmarkSetting, TextWriter, CancellationToken, Task>> Benchmarks = new()
    {
        ["ingest"] = (database, setting, output, cancellationToken) => new IngestBenchmark(database, setting.Program, output).RunAsync(cancellationToken),
        ["processes"] = (database, setting, output, cancellationToken) => new ProcessesBenchmark(database, setting.Program, output).RunAsync(cancellationToken),
        ["storage"] = (database, setting, output, cancellationToken) =>
            new StorageBenchmark(database, setting, new ArrivingLoad(), output).RunAsync(cancellationToken),
        ["storage-spread"] = (database, setting, output, cancellationToken) =>
            new StorageBenchmark(database, setting, new SpreadLoad(setting.Program), output).RunAsync(cancellationToken),
        ["decode"] = (_, _, output, cancellationToken) => new DecodeBenchmark(output).RunAsync(cancellationToken),
        ["text"] = (_, _, output, cancellationToken) => new TextBenchmark(output).RunAsync(cancellationToken),
        ["vitals"] = (database, _, output, cancellationToken) => new VitalsBenchmark(database, output, VitalsBenchmark.DefaultEvents).RunAsync(cancellationToken),
        ["vitals-3m"] = (database, _, output, cancellationToken) => new VitalsBenchmark(database, output, 3 * VitalsBenchmark.DefaultEvents).RunAsync(cancellationToken),
    };

    /// <summary>What <c>bench</c> without a name runs; together a few minutes on a quiet machine.</summary>
    private static readonly string[] Defaults = ["decode", "ingest", "vitals"];

    /// <summary>Names that can be asked for.</summary>
    public static IReadOnlyCollection<string> Names => Benchmarks.Keys;

    /// <summary>Runs one benchmark, or the default ones. Each works in a database of its own, which it creates and drops.</summary>
    /// <param name="name">One of <see cref="Names"/>; null runs the default ones.</param>
    /// <param name="output">Receives short tables.</param>
    /// <param name="postgresConnectionString">A server on which databases may be created.</param>
    /// <param name="program">How to start the program that hosts this, for what runs in processes of its own.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>An exit code: 0, or 64 for an unknown name.</returns>
    public static async Task<int> RunAsync(
        string? name, TextWriter output, string postgresConnectionString, BenchmarkProgram program, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(program);
        if (name is not null && !Benchmarks.ContainsKey(name))
        {
            await output.WriteLineAsync($"No benchmark is called '{name}'. There are: {string.Join(", ", Names)}.");
            return UsageError;
        }

        foreach (var benchmark in name is null ? Defaults : [name])
        {
            await using var database = await BenchmarkDatabase.CreateAsync(postgresConnectionString, cancellationToken);
            await output.WriteLineAsync($"bench {benchmark} · Postgres {await database.DescribeAsync(cancellationToken)}");
            await Benchmarks[benchmark](database, new BenchmarkSetting(postgresConnectionString, program), output, cancellationToken);
            await output.WriteLineAsync();
        }

        return 0;
    }
}
