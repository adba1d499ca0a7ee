namespace SyncHealth.Testing.Processes;

/// <summary>A folder of a test's own, below one that everybody may enter: Postgres does not run as root.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine("/var/tmp", "synchealth-folder-" + Guid.NewGuid().ToString("N")[..12])).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
