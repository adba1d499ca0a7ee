using System.Runtime.InteropServices;

namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary><c>sqlite3_vfs</c> (https://sqlite.org/c3ref/vfs.html), up to its version 3.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFileSystem
{
    public int Version;
    public int FileBytes;
    public int MaxPathname;
    public nint Next;
    public nint Name;
    public nint AppData;
    public delegate* unmanaged[Cdecl]<SqliteFileSystem*, byte*, nint, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<SqliteFileSystem*, byte*, int, int> Delete;
    public nint Access;
    public nint FullPathname;
    public nint DlOpen;
    public nint DlError;
    public nint DlSym;
    public nint DlClose;
    public nint Randomness;
    public nint Sleep;
    public nint CurrentTime;
    public nint GetLastError;
    public nint CurrentTimeInt64;
    public nint SetSystemCall;
    public nint GetSystemCall;
    public nint NextSystemCall;
}
