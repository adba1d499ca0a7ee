using SyncHealth.Testing.Processes;

namespace SyncHealth.Browser.Tests.Hosting;

/// <summary>The real program as the README starts it: the platform and two hundred devices with their own sync engines, living through a scenario.</summary>
internal sealed class RunningScenario : IAsyncDisposable
{
    /// <summary>An hour of the fleet in a minute: the drop lasts longer than any look at it, on a busy machine too.</summary>
    private const string Speed = "60";

    private readonly TemporaryFolder _folder = new();
    private readonly SyncHealthProcess _demo;

    private RunningScenario(string scenario) =>
        _demo = SyncHealthProcess.Start(_folder.Path, "demo", "--scenario", scenario, "--speed", Speed, "--port", "{port}", "--data", "{data}");

    public Uri Address => _demo.Http.BaseAddress!;

    public static async Task<RunningScenario> StartAsync(string scenario)
    {
        var run = new RunningScenario(scenario);
        await run._demo.WaitUntilReadyAsync();
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await _demo.DisposeAsync();
        _folder.Dispose();
    }
}
