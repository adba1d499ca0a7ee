using System.Net;
using System.Net.Sockets;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Acceptance.Tests.FrontDoor;

/// <summary>What is wrong is one line that names the remedy, and a code that scripts can read.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int Usage = 64;
    private const int CannotCreate = 73;
    private const int Busy = 75;
    private const int Configuration = 78;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--speed", "fast", "--speed takes a number from 1 to 1000")]
    [InlineData("--speed", "0", "--speed takes a number from 1 to 1000")]
    [InlineData("--devices", "-1", "--devices takes a number from 0 to 5000")]
    [InlineData("--for", "soon", "--for takes a duration such as 90s or 3m")]
    [InlineData("--scenario", "doom", "steady")]
    [InlineData("--port", "70000", "--port takes a number from 1 to 65535")]
    public async Task Demo_BadOption_IsOneLine(string option, string value, string remedy) =>
        await AssertRefusedAsync(Usage, remedy, "demo", "--data", "{data}", option, value);

    [Fact]
    public async Task Demo_BusyPort_NamesThePortAndTheOption()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await AssertRefusedAsync(Busy, $"Port {port} cannot be used", "demo", "--data", "{data}", "--port", $"{port}");
    }

    [Fact]
    public async Task Demo_UnwritableFolder_NamesTheFolderAndTheOption()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        await AssertRefusedAsync(CannotCreate, "--data", "demo", "--data", Path.Combine(file, "below"), "--port", "{port}");
    }

    [Fact]
    public async Task Demo_BadSetting_NamesTheKey()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "synchealth.json"), """{ "Alerting": { "Interval": "soon" } }""");
        await AssertRefusedAsync(Configuration, "SYNCHEALTH__Alerting__Interval is 'soon'", "demo", "--devices", "0", "--data", "{data}", "--port", "{port}");
    }

    [Fact]
    public async Task Demo_BadRules_NamesTheLine()
    {
        var rules = Path.Combine(_folder.Path, "rules.yaml");
        await File.WriteAllTextAsync(rules, "rules:\n  - name: x\n    metric: success_rate\n    bellow: 95\n    notify: [slack]\n");
        await AssertRefusedAsync(Configuration, "line 4", "demo", "--devices", "0", "--data", "{data}", "--port", "{port}", "--rules", rules);
    }

    [Fact]
    public async Task Vitals_NoServer_SaysHowToStartOne() =>
        await AssertRefusedAsync(69, "./synchealth demo", "vitals", "--app", "notes", "--server", "http://127.0.0.1:{port}");

    public void Dispose() => _folder.Dispose();

    private async Task AssertRefusedAsync(int exitCode, string remedy, params string[] arguments)
    {
        await using var process = SyncHealthProcess.Start(_folder.Path, arguments);
        Assert.Equal(exitCode, await process.WaitForExitAsync());
        var complaint = Assert.Single(process.Lines, line => line.StartsWith("synchealth: ", StringComparison.Ordinal));
        Assert.Contains(remedy, complaint, StringComparison.Ordinal);
    }
}
