using System.Globalization;

namespace SyncHealth.Host.Postgres;

/// <summary>A folder for a cluster that lives as long as one command. It lies where everybody may enter: Postgres does not run as root.</summary>
internal sealed class DisposableFolder : IDisposable
{
    private DisposableFolder(string path)
    {
        Path = path;
        Secrets = Directory.CreateDirectory(System.IO.Path.Combine(path, "secrets")).FullName;
    }

    public string Path { get; }

    /// <summary>For the server's password.</summary>
    public string Secrets { get; }

    /// <param name="purpose">Part of its name.</param>
    public static DisposableFolder Create(string purpose)
    {
        var parent = OperatingSystem.IsWindows() ? System.IO.Path.GetTempPath() : "/var/tmp";
        return new DisposableFolder(System.IO.Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"synchealth-{purpose}-{Environment.ProcessId}")));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
