using System.Diagnostics;
using SyncHealth.Testing.Processes;

namespace SyncHealth.Faults.Tests.Support;

/// <summary><c>synchealth up --role ingest</c> as its own process, killed and started again on one port and data folder.</summary>
internal sealed class IngestProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _connectionString;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private SyncHealthProcess? _process;

    /// <param name="connectionString">A migrated database.</param>
    /// <param name="environment">Settings beside the suite's key.</param>
    public IngestProcess(string connectionString, params (string Name, string Value)[] environment)
    {
        _connectionString = connectionString;
        _environment = environment.Append(("SYNCHEALTH__Ingest__Key", IngestStage.Key)).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public int Port { get; } = LoopbackPort.Free();

    public HttpClient Http { get; }

    /// <summary>Id of the present process.</summary>
    public int Id => _process!.Id;

    /// <summary>What the present process printed.</summary>
    public IReadOnlyList<string> Lines => _process!.Lines;

    /// <summary>Starts it and returns how long it took until <c>/readyz</c> was 200.</summary>
    public async Task<TimeSpan> StartAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        _process = SyncHealthProcess.Start(
            _folder.Path, new ProcessSettings { Port = Port, Environment = _environment },
            "up", "--role", "ingest", "--postgres", _connectionString, "--data", "{data}", "--port", "{port}");
        await _process.WaitUntilReadyAsync();
        using var ready = await Http.GetAsync("/readyz");
        return ready.IsSuccessStatusCode
            ? TimeProvider.System.GetElapsedTime(start)
            : throw new InvalidOperationException($"/readyz says {(int)ready.StatusCode} after the ready line.");
    }

    /// <summary>SIGKILL, whatever it is doing.</summary>
    public async Task KillHardAsync()
    {
        _process!.KillHard();
        await _process.WaitForExitAsync();
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Largest resident size so far, in bytes.</summary>
    public long PeakBytes() => ReadStatus("VmHWM:");

    /// <summary>Resident size, in bytes.</summary>
    public long ResidentBytes() => ReadStatus("VmRSS:");

    /// <summary>Whether the process started first is still the one that runs.</summary>
    public bool IsRunning(int id) => _process?.Id == id && Process.GetProcessById(id) is { HasExited: false };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        Http.Dispose();
        _folder.Dispose();
    }

    private long ReadStatus(string field)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}
