using System.Runtime.InteropServices;

namespace SyncHealth.Client.Diagnostics;

/// <summary>What the runtime knows about the operating system.</summary>
internal static class Platform
{
    // Android reports itself as Linux too, so the narrower names are asked first.
    private static readonly string[] Names = ["android", "ios", "maccatalyst", "windows", "macos", "linux"];

    internal static string? Os { get; } = Array.Find(Names, name => RuntimeInformation.IsOSPlatform(OSPlatform.Create(name.ToUpperInvariant())))
        ?? (RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "macos" : null);

    internal static string OsVersion { get; } = Environment.OSVersion.Version.ToString();
}
