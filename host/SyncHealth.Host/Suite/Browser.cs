using SyncHealth.Host.Processes;

namespace SyncHealth.Host.Suite;

/// <summary>The browser that the browser tests drive: named, installed, or installed now where we may.</summary>
internal static class Browser
{
    private const string Variable = "SYNCHEALTH_CHROMIUM";
    /// <summary>curl is what one of the tests pastes from a page into a shell.</summary>
    private const string Packages = "chromium fonts-dejavu-core curl";

    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    /// <summary>Path of a Chromium.</summary>
    /// <exception cref="StartupException">There is none and it cannot be installed; the message is the command that does.</exception>
    public static async Task<string> EnsureAsync(Progress progress, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new StartupException(ExitCodes.Unavailable, $"{Variable} names {named}, which does not exist.");
        if (Find() is { } found)
            return found;
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
            throw new StartupException(ExitCodes.Unavailable, $"The browser tests need Chromium. Install it (Debian: sudo apt-get install -y {Packages}), or name a browser with {Variable}.");

        progress.Step("Installing Chromium for the browser tests (once)");
        await AptAsync(["update"], cancellationToken);
        await AptAsync(["install", "-y", "--no-install-recommends", .. Packages.Split(' ')], cancellationToken);
        return Find() ?? throw new StartupException(ExitCodes.Unavailable, $"Chromium was installed but is in none of {string.Join(", ", Places)}. Name it with {Variable}.");
    }

    private static string? Find() => Places.FirstOrDefault(File.Exists);

    private static async Task AptAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var settings = new ChildProcessSettings { Environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        var result = await ChildProcess.RunAsync("/usr/bin/apt-get", arguments, settings, cancellationToken);
        if (result.ExitCode != 0)
            throw new StartupException(ExitCodes.Unavailable, $"apt-get {arguments[0]} failed ({result.LastLine}). Install Chromium yourself (apt-get install -y {Packages}), or name a browser with {Variable}.");
    }
}
