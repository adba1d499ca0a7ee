using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>One installation for real data, with tokens, shared by the tests of a class.</summary>
public sealed class RunningInstallation : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SyncHealthProcess? _up;

    public string Folder => _folder.Path;

    public HttpClient Http => _up!.Http;

    public async ValueTask InitializeAsync()
    {
        _up = SyncHealthProcess.Start(Folder, "up", "--port", "{port}", "--data", "{data}");
        await _up.WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_up is not null)
            await _up.DisposeAsync();
        _folder.Dispose();
    }
}
