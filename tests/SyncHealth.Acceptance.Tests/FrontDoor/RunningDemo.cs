using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>One platform without a fleet, shared by tests that only look.</summary>
public sealed class RunningDemo : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SyncHealthProcess? _demo;

    public HttpClient Http => _demo!.Http;

    public async ValueTask InitializeAsync()
    {
        _demo = SyncHealthProcess.Start(_folder.Path, "demo", "--devices", "0", "--port", "{port}", "--data", "{data}");
        await _demo.WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_demo is not null)
            await _demo.DisposeAsync();
        _folder.Dispose();
    }
}
