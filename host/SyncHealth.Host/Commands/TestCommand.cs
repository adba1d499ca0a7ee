using System.CommandLine;
using SyncHealth.Host.Suite;

namespace SyncHealth.Host.Commands;

/// <summary><c>synchealth test</c>: what the tests need, then the tests. The script has built everything before.</summary>
internal static class TestCommand
{
    private const string BrowserTests = "SyncHealth.Browser.Tests";

    public static Command Create()
    {
        var faults = new Option<bool>("--faults") { Description = "Strike as often as the reliability goals say, in all kill, fault, fuzz and simulation suites (docs/faults.md)." };
        var only = new Option<string?>("--only") { Description = "Run only test projects whose name contains this." };
        var command = new Command("test", "Run the whole test suite on a real Postgres.") { faults, only };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(faults), parsed.GetValue(only), stop));
        return command;
    }

    private static async Task<int> RunAsync(bool faults, string? only, CancellationToken cancellationToken)
    {
        var progress = new Progress(Console.Out);
        var checkout = Environment.GetEnvironmentVariable("SYNCHEALTH_CHECKOUT")
            ?? throw new StartupException(ExitCodes.Usage, "Run the tests from a checkout with ./synchealth test.");
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var projects = TestProject.Find(checkout, configuration)
            .Where(project => only is null || project.Name.Contains(only, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (projects.Length == 0)
            throw new StartupException(ExitCodes.Usage, only is null ? "No test project is built. Run ./synchealth test from a checkout." : $"No test project's name contains '{only}'.");

        if (projects.Any(project => project.Name == BrowserTests))
            Environment.SetEnvironmentVariable("SYNCHEALTH_CHROMIUM", await Browser.EnsureAsync(progress, cancellationToken));

        var counts = await new TestRun(checkout, progress).RunAsync(projects, faults, cancellationToken);
        progress.Say(counts.ToString());
        return counts.Failed == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
