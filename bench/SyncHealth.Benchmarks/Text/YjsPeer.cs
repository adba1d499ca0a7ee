using System.Diagnostics;
using System.Text.Json;

namespace SyncHealth.Benchmarks.Text;

/// <summary>The same replay through the <c>yjs</c> package in Node, fetched once beside the program.</summary>
internal sealed class YjsPeer
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Text", "yjs");

    /// <summary>Fetches the package unless it is there.</summary>
    public static async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "yjs")))
            await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cancellationToken);
    }

    /// <summary>Replays a trace file a few times in one process, after one replay that does not count.</summary>
    public static async Task<TextRound[]> ReplayAsync(string tracePath, int rounds, CancellationToken cancellationToken)
    {
        var line = await RunAsync("node", ["--expose-gc", "replay.js", Path.GetFullPath(tracePath), $"{rounds}"], cancellationToken);
        return JsonSerializer.Deserialize<TextRound[]>(line, JsonSerializerOptions.Web)!;
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
