using System.Globalization;
using System.Runtime.InteropServices;

namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>Kills this process with SIGKILL before its k-th operation that changes the disk; 0 lets it live. Says on standard error how many there were.</summary>
internal sealed partial class KillingScript(int at) : IDiskScript
{
    private const int SigKill = 9;

    private int _seen;

    public int Seen => Volatile.Read(ref _seen);

    public int Before(DiskOperation operation, string path)
    {
        if (operation != DiskOperation.Read && Interlocked.Increment(ref _seen) == at)
            _ = Kill(Environment.ProcessId, SigKill);
        return 0;
    }

    public void After(DiskOperation operation, string path, ReadOnlySpan<byte> data, long offset)
    {
        // Dead before, or not concerned.
    }

    public override string ToString() => Seen.ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
