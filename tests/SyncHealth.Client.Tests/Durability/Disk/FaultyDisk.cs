using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>
/// Stands between SQLite and the file system of this process, as SQLite's own tests do (https://sqlite.org/vfs.html#vfs_shims): files of folders that have
/// a script can fail, be watched, or kill the process at any operation. All others pass. The product knows nothing of it.
/// </summary>
internal static unsafe partial class FaultyDisk
{
    private const int Ok = 0;

    private static readonly ConcurrentDictionary<string, IDiskScript> Scripts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<nint, (string Path, nint Methods)> Files = new();
    private static readonly ConcurrentDictionary<nint, nint> Tables = new();
    private static readonly SqliteFileSystem* Real;

    static FaultyDisk()
    {
        SQLitePCL.Batteries_V2.Init();
        Real = Find(null);
        var ours = (SqliteFileSystem*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteFileSystem));
        *ours = *Real;
        ours->Name = Marshal.StringToCoTaskMemUTF8("faulty");
        ours->Open = &Open;
        ours->Delete = &Delete;
        if (Register(ours, 1) != Ok)
            throw new InvalidOperationException("SQLite takes no file system.");
    }

    /// <summary>Puts a folder under a script until the result is disposed.</summary>
    public static IDisposable Watch(string folder, IDiskScript script)
    {
        Scripts[folder] = script;
        return new Watched(folder);
    }

    private static IDiskScript? ScriptOf(string? path) =>
        path is not null && Scripts.TryGetValue(Path.GetDirectoryName(path)!, out var script) ? script : null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(SqliteFileSystem* system, byte* name, nint file, int flags, int* outFlags)
    {
        var path = name is null ? null : Marshal.PtrToStringUTF8((nint)name);
        var script = ScriptOf(path);
        if (script?.Before(DiskOperation.Open, path!) is { } refused and not Ok)
        {
            // As the real one: without methods SQLite does not close what was never opened.
            *(nint*)file = 0;
            return refused;
        }

        var result = Real->Open(Real, name, file, flags, outFlags);
        if (result != Ok || path is null)
            return result;
        script?.After(DiskOperation.Open, path, default, 0);
        Files[file] = (path, *(nint*)file);
        *(nint*)file = Tables.GetOrAdd(*(nint*)file, Ours);
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(SqliteFileSystem* system, byte* name, int syncFolder)
    {
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        var script = ScriptOf(path);
        if (script?.Before(DiskOperation.Delete, path) is { } refused and not Ok)
            return refused;
        var result = Real->Delete(Real, name, syncFolder);
        if (result == Ok)
            script?.After(DiskOperation.Delete, path, default, syncFolder);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint file)
    {
        Files.TryRemove(file, out var closed);
        return ((SqliteFileMethods*)closed.Methods)->Close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint file, byte* bytes, int count, long offset)
    {
        var (path, methods) = Files[file];
        return ScriptOf(path)?.Before(DiskOperation.Read, path) is { } refused and not Ok ? refused : ((SqliteFileMethods*)methods)->Read(file, bytes, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, byte* bytes, int count, long offset)
    {
        var (path, methods) = Files[file];
        var script = ScriptOf(path);
        if (script?.Before(DiskOperation.Write, path) is { } refused and not Ok)
            return refused;
        var result = ((SqliteFileMethods*)methods)->Write(file, bytes, count, offset);
        if (result == Ok)
            script?.After(DiskOperation.Write, path, new ReadOnlySpan<byte>(bytes, count), offset);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint file, long size)
    {
        var (path, methods) = Files[file];
        var script = ScriptOf(path);
        if (script?.Before(DiskOperation.Truncate, path) is { } refused and not Ok)
            return refused;
        var result = ((SqliteFileMethods*)methods)->Truncate(file, size);
        if (result == Ok)
            script?.After(DiskOperation.Truncate, path, default, size);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        var (path, methods) = Files[file];
        var script = ScriptOf(path);
        if (script?.Before(DiskOperation.Sync, path) is { } refused and not Ok)
            return refused;
        var result = ((SqliteFileMethods*)methods)->Sync(file, flags);
        if (result == Ok)
            script?.After(DiskOperation.Sync, path, default, 0);
        return result;
    }

    // One table for each of the real ones: databases have another than their logs.
    private static nint Ours(nint real)
    {
        var ours = (SqliteFileMethods*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteFileMethods));
        *ours = *(SqliteFileMethods*)real;
        ours->Close = &Close;
        ours->Read = &Read;
        ours->Write = &Write;
        ours->Truncate = &Truncate;
        ours->Sync = &Sync;
        return (nint)ours;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SqliteFileSystem* Find(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(SqliteFileSystem* system, int isDefault);

    private sealed class Watched(string folder) : IDisposable
    {
        public void Dispose() => Scripts.TryRemove(folder, out _);
    }
}
