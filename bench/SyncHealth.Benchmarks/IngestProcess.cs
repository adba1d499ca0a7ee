using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SyncHealth.Benchmarks;

/// <summary>The ingest role as it serves, everything on, in a process of its own on a free loopback port.</summary>
internal sealed class IngestProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly string _folder;

    private IngestProcess(Process process, string folder, Uri address, string key)
    {
        _process = process;
        _folder = folder;
        Address = address;
        Key = key;
    }

    public Uri Address { get; }

    public string Key { get; }

    /// <summary>User and system time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most physical memory that the process has held, in MiB.</summary>
    public double PeakMemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <param name="program">How to start it.</param>
    /// <param name="database">What it writes into.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <param name="core">The one core that it may use, as a container with one CPU (Linux, by <c>taskset</c>); null for all.</param>
    /// <exception cref="InvalidOperationException">The process does not become ready; the message has its last words.</exception>
    public static async Task<IngestProcess> StartAsync(BenchmarkProgram program, BenchmarkDatabase database, CancellationToken cancellationToken, int? core = null)
    {
        var port = FreePort();
        var key = "bench-" + Guid.CreateVersion7().ToString("N");
        var folder = Directory.CreateTempSubdirectory("synchealth-bench-").FullName;
        string[] command = ["up", "--role", "ingest", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder, "--postgres", database.ConnectionString];
        string[] line = [program.Path, .. program.Arguments, .. command];
        if (core is not null)
            line = ["taskset", "--cpu-list", core.Value.ToString(CultureInfo.InvariantCulture), .. line];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SYNCHEALTH__Ingest__Key"] = key;
        start.Environment["SYNCHEALTH__Storage__DeviceKeyFile"] = database.DeviceKeyFile;
        var process = new Process { StartInfo = start };
        var words = new List<string>();
        process.OutputDataReceived += (_, line) => Remember(words, line.Data);
        process.ErrorDataReceived += (_, line) => Remember(words, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ingest = new IngestProcess(process, folder, new Uri($"http://{IPAddress.Loopback}:{port}"), key);
        if (await ingest.BecomesReadyAsync(cancellationToken))
            return ingest;
        await ingest.DisposeAsync();
        throw new InvalidOperationException($"The ingest process does not become ready: {string.Join(Environment.NewLine, words)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Remember(List<string> words, string? line)
    {
        lock (words)
            if (line is not null)
                words.Add(line);
    }

    private async Task<bool> BecomesReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < StartTimeout && !_process.HasExited;)
        {
            if (await IsReadyAsync(client, cancellationToken))
                return true;
            await Task.Delay(StartPoll, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync("/readyz", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
