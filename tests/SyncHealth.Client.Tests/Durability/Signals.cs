using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>Stops a process in the middle of whatever it does, and lets it go on (Linux).</summary>
internal static partial class Signals
{
    private const int Continue = 18;
    private const int Stop = 19;

    public static void Freeze(Process process) => Assert.Equal(0, Kill(process.Id, Stop));

    public static void Thaw(Process process) => Assert.Equal(0, Kill(process.Id, Continue));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
