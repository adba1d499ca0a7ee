using System.Diagnostics;

namespace SyncHealth.Benchmarks.Chromium;

/// <summary>A headless Chromium with a profile of its own, driven over its DevTools protocol: the product ships no browser driver for one benchmark.</summary>
internal sealed class ChromiumProcess : IAsyncDisposable
{
    private const string Variable = "SYNCHEALTH_CHROMIUM";

    /// <summary>What Chromium says on stderr when it can be connected to.</summary>
    private const string Listening = "DevTools listening on ";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    /// <summary>Every viewer counts as looking: a page that nobody can see asks nothing. One process for all tabs, or fifty of them would not fit a small machine.</summary>
    private static readonly string[] Arguments =
    [
        "--headless=new", "--remote-debugging-port=0", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--process-per-site",
        "--disable-renderer-backgrounding", "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--window-size=1280,900",
    ];

    private readonly Process _process;
    private readonly string _profile;

    private ChromiumProcess(Process process, string profile, DevTools tools)
    {
        _process = process;
        _profile = profile;
        Tools = tools;
    }

    public DevTools Tools { get; }

    /// <summary>Where Chromium is: the one that the environment names, or the first in a usual place.</summary>
    /// <exception cref="BenchmarkUnavailableException">There is none.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new BenchmarkUnavailableException($"{Variable} names {named}, which does not exist.");
        return Places.FirstOrDefault(File.Exists)
            ?? throw new BenchmarkUnavailableException($"This benchmark needs Chromium, and none is in {string.Join(", ", Places)}. Install it (Debian: sudo apt-get install -y chromium), or name a browser with {Variable}.");
    }

    public static async Task<ChromiumProcess> StartAsync(string path, CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("synchealth-chromium-").FullName;
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = new ProcessStartInfo(path, [.. Arguments, $"--user-data-dir={profile}", "about:blank"]) { RedirectStandardError = true, RedirectStandardOutput = true } };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                address.TrySetException(new BenchmarkUnavailableException($"{path} ended before it could be connected to."));
            else if (line.Data.StartsWith(Listening, StringComparison.Ordinal))
                address.TrySetResult(line.Data[Listening.Length..].Trim());
        };
        process.OutputDataReceived += (_, _) => { /* read, so that the pipe never fills */ };
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            var tools = await DevTools.ConnectAsync(new Uri(await address.Task.WaitAsync(StartTimeout, TimeProvider.System, cancellationToken)), cancellationToken);
            return new ChromiumProcess(process, profile, tools);
        }
        catch (Exception)
        {
            await EndAsync(process, profile);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Tools.DisposeAsync();
        await EndAsync(_process, _profile);
    }

    private static async Task EndAsync(Process process, string profile)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(profile, recursive: true);
    }
}
