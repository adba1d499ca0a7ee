namespace SyncHealth.Host.Data;

/// <summary>The folder of one installation: cluster, secrets, logs and the lock that keeps a second process out.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string SettingsName = "synchealth.json";
    public const string SecretsName = "secrets";

    private const string LockName = "lock";
    private const string SetAsidePrefix = "set-aside-";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream lockFile)
    {
        Root = path;
        _lock = lockFile;
    }

    public string Root { get; }

    public string Logs => Create("logs");

    public string Secrets => Create(SecretsName);

    public string Fleet => Create("fleet");

    /// <summary>The phones of the demo's notes app; made when somebody takes one up.</summary>
    public string Phones => Path.Combine(Root, "phones");

    public string ClockFile => Path.Combine(Root, "clock");

    public string SettingsFile => Path.Combine(Root, SettingsName);

    /// <summary>Where data lives unless said otherwise: a system folder for root, the user's own for anybody else.</summary>
    public static string DefaultRoot()
    {
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            return "/var/lib/synchealth";
        var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return Path.Combine(
            string.IsNullOrEmpty(home) ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) : home,
            "synchealth");
    }

    /// <summary>Creates the folder if need be and locks it.</summary>
    /// <exception cref="StartupException">The folder cannot be written, or another process holds it.</exception>
    public static DataFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        var lockPath = Path.Combine(root, LockName);
        try
        {
            Directory.CreateDirectory(root);
            var probe = Path.Combine(root, ".writable");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(ExitCodes.CannotCreate, $"Cannot write to the data folder {root} ({exception.Message.TrimEnd('.')}). Name another one with --data DIR.");
        }

        try
        {
            var stream = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.SetLength(0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            stream.Flush();
            return new DataFolder(root, stream);
        }
        catch (IOException)
        {
            throw new StartupException(ExitCodes.Busy, $"Another SyncHealth process uses the data folder {root}. Stop it, or name another folder with --data DIR.");
        }
    }

    /// <summary>Moves all data into a folder of its own below this one, and returns that folder. Settings and the lock stay.</summary>
    public string SetAside(DateTimeOffset now)
    {
        var aside = Create($"{SetAsidePrefix}{now.UtcDateTime:yyyyMMdd-HHmmss}");
        foreach (var entry in Directory.EnumerateFileSystemEntries(Root).Where(IsData).ToArray())
            Directory.Move(entry, Path.Combine(aside, Path.GetFileName(entry)));
        return aside;
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsData(string entry) =>
        Path.GetFileName(entry) is not (LockName or SettingsName) and var name && !name.StartsWith(SetAsidePrefix, StringComparison.Ordinal);

    private string Create(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
}
