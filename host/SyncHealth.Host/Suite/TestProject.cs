using SyncHealth.Host.Processes;

namespace SyncHealth.Host.Suite;

/// <summary>One built test project: an executable that runs its tests and writes a report.</summary>
internal sealed record TestProject(string Name, string Executable)
{
    private const string Suffix = ".Tests";

    /// <summary>The trait of tests that take minutes whatever their scale; the others strike less often in a plain run.</summary>
    private const string FaultTrait = "Suite=Faults";

    /// <summary>The built test projects of a checkout; those that take longest first, so that the last one to end is short.</summary>
    public static IReadOnlyList<TestProject> Find(string checkout, string configuration) =>
    [
        .. from folder in Directory.EnumerateDirectories(Path.Combine(checkout, "artifacts", "bin"))
           let name = Path.GetFileName(folder)
           where name.EndsWith(Suffix, StringComparison.Ordinal) && Directory.Exists(Path.Combine(checkout, "tests", name))
           let executable = Path.Combine(folder, configuration, OperatingSystem.IsWindows() ? name + ".exe" : name)
           where File.Exists(executable)
           orderby Weight(name), name
           select new TestProject(name, executable),
    ];

    /// <summary>Runs the project's tests; <paramref name="faults"/> adds the long suites.</summary>
    public async Task<(SuiteCounts Counts, ChildProcessResult Process)> RunAsync(
        string reportFolder, bool faults, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var report = Path.Combine(reportFolder, Name + ".trx");
        string[] filter = faults ? [] : ["-trait-", FaultTrait];
        var result = await ChildProcess.RunAsync(
            Executable,
            ["-noLogo", "-noColor", "-trx", report, .. filter],
            new ChildProcessSettings { WorkingDirectory = Path.GetDirectoryName(Executable), Environment = environment },
            cancellationToken);
        return (SuiteCounts.Read(report, result.ExitCode), result);
    }

    private static int Weight(string name) => name switch
    {
        "SyncHealth.Faults.Tests" => 0,
        "SyncHealth.Acceptance.Tests" => 1,
        "SyncHealth.Browser.Tests" => 2,
        "SyncHealth.Storage.Tests" => 3,
        _ => 4,
    };
}
