using System.Runtime.InteropServices;

namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary><c>sqlite3_io_methods</c> (https://sqlite.org/c3ref/io_methods.html), up to its version 3.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFileMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<nint, int> Close;
    public delegate* unmanaged[Cdecl]<nint, byte*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<nint, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<nint, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<nint, int, int> Sync;
    public nint FileSize;
    public nint Lock;
    public nint Unlock;
    public nint CheckReservedLock;
    public nint FileControl;
    public nint SectorSize;
    public nint DeviceCharacteristics;
    public nint ShmMap;
    public nint ShmLock;
    public nint ShmBarrier;
    public nint ShmUnmap;
    public nint Fetch;
    public nint Unfetch;
}
