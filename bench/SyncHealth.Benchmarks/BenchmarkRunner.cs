using System.Globalization;
using SyncHealth.Benchmarks.Alerting;
using SyncHealth.Benchmarks.Causes;
using SyncHealth.Benchmarks.Decode;
using SyncHealth.Benchmarks.Devices;
using SyncHealth.Benchmarks.Engine;
using SyncHealth.Benchmarks.Erasure;
using SyncHealth.Benchmarks.Ingest;
using SyncHealth.Benchmarks.Pages;
using SyncHealth.Benchmarks.Sdk;
using SyncHealth.Benchmarks.Storage;
using SyncHealth.Benchmarks.Text;
using SyncHealth.Benchmarks.Verdicts;
using SyncHealth.Benchmarks.Vitals;

namespace SyncHealth.Benchmarks;

/// <summary>Runs benchmarks. Each measures its own baseline in the same run, so that a ratio means the same on any machine.</summary>
public static class BenchmarkRunner
{
    /// <summary>Devices of the fleet whose pages <c>dashboard</c> measures, unless said otherwise: the plan's.</summary>
    public const int DefaultDevices = 1_000_000;

    /// <summary>Fewer make no fleet: pages would have nothing to show.</summary>
    public const int LeastDevices = 100;

    public const int MostDevices = 10_000_000;

    private const int UsageError = 64;
    private const int Unavailable = 69;

    private static readonly Dictionary<string, Func<BenchmarkDatabase, BenchmarkSetting, TextWriter, CancellationToken, Task>> Benchmarks = new()
    {
        ["ingest"] = (database, setting, output, cancellationToken) => new IngestBenchmark(database, setting.Program, output).RunAsync(cancellationToken),
        ["ingest-short"] = (database, setting, output, cancellationToken) => new IngestBenchmark(database, setting.Program, output, share: 0.1).RunAsync(cancellationToken),
        ["processes"] = (database, setting, output, cancellationToken) => new ProcessesBenchmark(database, setting.Program, output).RunAsync(cancellationToken),
        ["processes-2k"] = (database, setting, output, cancellationToken) => new ProcessesBenchmark(database, setting.Program, output, share: 0.05).RunAsync(cancellationToken),
        ["storage"] = (database, setting, output, cancellationToken) =>
            new StorageBenchmark(database, setting, new ArrivingLoad(output), output).RunAsync(cancellationToken),
        ["storage-spread"] = (database, setting, output, cancellationToken) =>
            new StorageBenchmark(database, setting, new SpreadLoad(setting.Program), output).RunAsync(cancellationToken),
        ["decode"] = (_, _, output, cancellationToken) => new DecodeBenchmark(output).RunAsync(cancellationToken),
        ["sdk"] = (_, _, output, cancellationToken) => new SdkBenchmark(output).RunAsync(cancellationToken),
        ["engine"] = (database, _, output, cancellationToken) => new EngineBenchmark(database, output).RunAsync(cancellationToken),
        ["text"] = (_, _, output, cancellationToken) => new TextBenchmark(output).RunAsync(cancellationToken),
        ["alerting"] = (database, _, output, cancellationToken) => new AlertingBenchmark(database, output).RunAsync(cancellationToken),
        ["verdict"] = (database, _, output, cancellationToken) => new VerdictBenchmark(database, output, VerdictBenchmark.DefaultDevices).RunAsync(cancellationToken),
        ["cause"] = (database, _, output, cancellationToken) => new CauseBenchmark(database, output, CauseBenchmark.DefaultEvents).RunAsync(cancellationToken),
        ["device"] = (database, _, output, cancellationToken) => new DeviceBenchmark(database, output, DeviceBenchmark.DefaultDevices).RunAsync(cancellationToken),
        ["erasure"] = (database, _, output, cancellationToken) => new ErasureBenchmark(database, output, ErasureBenchmark.DefaultDevices).RunAsync(cancellationToken),
        ["verdict-10k"] = (database, _, output, cancellationToken) => new VerdictBenchmark(database, output, VerdictBenchmark.DefaultDevices / 100).RunAsync(cancellationToken),
        ["cause-20k"] = (database, _, output, cancellationToken) => new CauseBenchmark(database, output, CauseBenchmark.DefaultEvents / 50).RunAsync(cancellationToken),
        ["device-100k"] = (database, _, output, cancellationToken) => new DeviceBenchmark(database, output, DeviceBenchmark.DefaultDevices / 50).RunAsync(cancellationToken),
        ["device-100m"] = (database, _, output, cancellationToken) => new DeviceBenchmark(database, output, DeviceBenchmark.DefaultDevices * 20).RunAsync(cancellationToken),
        ["erasure-100k"] = (database, _, output, cancellationToken) => new ErasureBenchmark(database, output, ErasureBenchmark.DefaultDevices / 100).RunAsync(cancellationToken),
        ["vitals"] = (database, _, output, cancellationToken) => new VitalsBenchmark(database, output, VitalsBenchmark.DefaultEvents).RunAsync(cancellationToken),
        ["vitals-3m"] = (database, _, output, cancellationToken) => new VitalsBenchmark(database, output, 3 * VitalsBenchmark.DefaultEvents).RunAsync(cancellationToken),
        ["vitals-month"] = (database, _, output, cancellationToken) => new VitalsBenchmark(database, output, 3 * VitalsBenchmark.DefaultEvents).RunMonthAsync(cancellationToken),
        ["dashboard"] = (database, setting, output, cancellationToken) => new DashboardBenchmark(database, setting, output).RunAsync(cancellationToken),
    };

    /// <summary>What <c>bench</c> without a name runs; together some ten minutes on a quiet machine.</summary>
    private static readonly string[] Defaults = ["decode", "ingest-short", "vitals"];

    /// <summary>Names that can be asked for.</summary>
    public static IReadOnlyCollection<string> Names => Benchmarks.Keys;

    /// <summary>Benchmarks that only read what they have filled, so that the next run may read it too.</summary>
    private static readonly string[] Keepers = ["vitals-month", "dashboard"];

    /// <summary>Runs one benchmark, or the default ones. Each works in a database of its own, which it creates and, unless it is to be kept, drops.</summary>
    /// <param name="name">One of <see cref="Names"/>; null runs the default ones.</param>
    /// <param name="output">Receives short tables.</param>
    /// <param name="setting">What they measure with.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>An exit code: 0, 64 for an unknown name, 69 when the machine lacks something that a benchmark measures with.</returns>
    public static async Task<int> RunAsync(string? name, TextWriter output, BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(setting);
        if (name is not null && !Benchmarks.ContainsKey(name))
        {
            await output.WriteLineAsync($"No benchmark is called '{name}'. There are: {string.Join(", ", Names)}.");
            return UsageError;
        }

        try
        {
            foreach (var benchmark in name is null ? Defaults : [name])
                await RunOneAsync(benchmark, output, setting, cancellationToken);
            return 0;
        }
        catch (BenchmarkUnavailableException exception)
        {
            await output.WriteLineAsync(exception.Message);
            return Unavailable;
        }
    }

    private static async Task RunOneAsync(string name, TextWriter output, BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        await using var database = setting.Keep && Keepers.Contains(name)
            ? await BenchmarkDatabase.KeepAsync(setting.Server, string.Create(CultureInfo.InvariantCulture, $"synchealth_bench_{name.Replace('-', '_')}_{setting.Devices}"), cancellationToken)
            : await BenchmarkDatabase.CreateAsync(setting.Server, cancellationToken);
        await output.WriteLineAsync($"bench {name} · Postgres {await database.DescribeAsync(cancellationToken)}");
        await Benchmarks[name](database, setting, output, cancellationToken);
        await output.WriteLineAsync();
    }
}
