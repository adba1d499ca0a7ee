using System.Globalization;

namespace SyncHealth.Host.Postgres;

/// <summary>A folder for a cluster that lives as long as one command. It lies where everybody may enter: Postgres does not run as root.</summary>
internal sealed class DisposableFolder : IDisposable
{
    /// <summary>A file system in memory, where there is one.</summary>
    private const string MemoryFolder = "/dev/shm";

    /// <summary>Bytes that have to be free there: Postgres may keep 4 GiB of log, and hundreds of small databases.</summary>
    private const long MinFreeMemory = 8L << 30;

    /// <summary>Bytes of memory that this process may use, containers' limits counted: what lies in that folder counts against them.</summary>
    private const long MinMemory = 16L << 30;

    private DisposableFolder(string path)
    {
        Path = path;
        Secrets = Directory.CreateDirectory(System.IO.Path.Combine(path, "secrets")).FullName;
    }

    public string Path { get; }

    /// <summary>For the server's password.</summary>
    public string Secrets { get; }

    /// <summary>On disk. What runs of this purpose that were killed have left there is removed.</summary>
    /// <param name="purpose">Part of its name.</param>
    public static DisposableFolder Create(string purpose) => Create(OperatingSystem.IsWindows() ? System.IO.Path.GetTempPath() : "/var/tmp", purpose);

    /// <summary>In memory where there is enough of it: a database for each of thousands of tests is eight hundred files to make and to delete.</summary>
    /// <param name="purpose">Part of its name.</param>
    public static DisposableFolder CreateInMemory(string purpose) => HasMemory() ? Create(MemoryFolder, purpose) : Create(purpose);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static DisposableFolder Create(string parent, string purpose)
    {
        foreach (var left in Directory.EnumerateDirectories(parent, NameOf(purpose, "*")).Where(IsLeft))
            Remove(left);
        return new(System.IO.Path.Combine(parent, NameOf(purpose, Environment.ProcessId.ToString(CultureInfo.InvariantCulture))));
    }

    private static string NameOf(string purpose, string process) => $"synchealth-{purpose}-{process}";

    private static bool HasMemory() =>
        OperatingSystem.IsLinux() && Directory.Exists(MemoryFolder)
        && new DriveInfo(MemoryFolder) is { DriveFormat: "tmpfs", AvailableFreeSpace: >= MinFreeMemory }
        && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= MinMemory;

    /// <summary>Whether a folder is named after a process that has ended; false where that cannot be seen.</summary>
    private static bool IsLeft(string folder) =>
        OperatingSystem.IsLinux()
        && int.TryParse(folder[(folder.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && !Directory.Exists(System.IO.Path.Combine("/proc", process.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Removes a folder, or leaves what another user owns.</summary>
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It takes room, and stands in nobody's way: the next folder has another name.
        }
    }
}
