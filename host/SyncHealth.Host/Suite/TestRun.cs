using System.Diagnostics;
using System.Globalization;
using SyncHealth.Host.Postgres;

namespace SyncHealth.Host.Suite;

/// <summary>The whole suite: one disposable Postgres, the test projects side by side, and their results added up.</summary>
internal sealed class TestRun(string checkout, Progress progress)
{
    /// <summary>Test projects at a time: they share two cores with one Postgres.</summary>
    private const int Parallel = 2;

    /// <summary>Tells the fault suites how often to strike; set by hand to <c>deep</c> it wins.</summary>
    private const string ScaleVariable = "SYNCHEALTH_FAULTS";

    /// <summary>How a line begins that says what a fault suite has reached.</summary>
    private const string GoalPrefix = "[goal ";

    public async Task<SuiteCounts> RunAsync(IReadOnlyList<TestProject> projects, bool faults, CancellationToken cancellationToken)
    {
        var reports = Directory.CreateDirectory(Path.Combine(checkout, "artifacts", "test-results")).FullName;
        foreach (var report in Directory.EnumerateFiles(reports, "*.trx"))
            File.Delete(report);

        using var folder = DisposableFolder.CreateInMemory("test");
        var locator = new PostgresLocator(new EmbeddedPostgresPackage(EmbeddedPostgresPackage.DefaultCacheFolder()), progress);
        await using var cluster = await PostgresCluster.StartAsync(folder.Path, folder.Secrets, locator, PostgresSettings.Disposable, progress, cancellationToken);
        var environment = new Dictionary<string, string>
        {
            ["SYNCHEALTH_TEST_POSTGRES"] = cluster.ConnectionString,
            ["SYNCHEALTH_TEST_CHECKOUT"] = checkout,
            ["TESTINGPLATFORM_TELEMETRY_OPTOUT"] = "1",
            [ScaleVariable] = Environment.GetEnvironmentVariable(ScaleVariable) is { Length: > 0 } scale ? scale : faults ? "faults" : "test",
        };

        progress.Step($"Running {projects.Count} test projects, {Parallel} at a time");
        var total = default(SuiteCounts);
        var gate = new Lock();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            projects,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (project, stop) =>
            {
                var counts = await RunOneAsync(project, reports, faults, environment, stop);
                lock (gate)
                    total += counts;
            });
        return total;
    }

    private async Task<SuiteCounts> RunOneAsync(
        TestProject project, string reports, bool faults, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (counts, process) = await project.RunAsync(reports, faults, environment, cancellationToken);
        var text = string.Create(CultureInfo.InvariantCulture, $"{project.Name}: {counts} in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        var said = counts.Failed == 0 ? process.Lines.Where(line => line.StartsWith(GoalPrefix, StringComparison.Ordinal)) : process.Lines;
        progress.Say(string.Join(Environment.NewLine, [.. said, text]));
        return counts;
    }
}
