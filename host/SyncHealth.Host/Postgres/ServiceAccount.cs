using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SyncHealth.Host.Postgres;

/// <summary>The account that Postgres runs as: our own, or <c>nobody</c> when we are root, whom Postgres refuses.</summary>
internal static partial class ServiceAccount
{
    private const string Unprivileged = "nobody";

    /// <summary>Debian's and the BSDs' ids of <c>nobody</c>.</summary>
    private const uint UnprivilegedId = 65534;

    private const UnixFileMode Enter = UnixFileMode.OtherExecute;

    /// <summary>Name to run children as, or null for our own account.</summary>
    public static string? UserName => NeedsAnother ? Unprivileged : null;

    private static bool NeedsAnother => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Gives a file or folder of ours to the account.</summary>
    /// <exception cref="StartupException">The account cannot reach it, or it cannot be given away.</exception>
    public static void Give(string path)
    {
        if (!NeedsAnother || OperatingSystem.IsWindows())
            return;

        RefuseUnreachable(path);
        if (ChangeOwner(path, UnprivilegedId, UnprivilegedId) != 0)
            throw new StartupException(ExitCodes.CannotCreate, $"Cannot give {path} to the user {Unprivileged} (Postgres does not run as root): error {Marshal.GetLastPInvokeError()}. Use another folder with --data DIR.");
    }

    [UnsupportedOSPlatform("windows")]
    private static void RefuseUnreachable(string path)
    {
        for (var folder = Directory.GetParent(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
            if ((folder.UnixFileMode & Enter) == 0)
                throw new StartupException(ExitCodes.CannotCreate, $"Postgres runs as {Unprivileged} when SyncHealth is root, and {Unprivileged} cannot enter {folder.FullName}. Use a folder below one that everybody may enter with --data DIR (default {Data.DataFolder.DefaultRoot()}).");
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
