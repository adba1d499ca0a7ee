namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>
/// A folder as a loss of power may leave it: everything synced, and any subset of what was not, torn and in any order
/// (after ALICE, Pillai et al., OSDI 2014).
/// </summary>
internal static class CrashImage
{
    /// <summary>Lays out the folder as it may be after the first <paramref name="count"/> operations.</summary>
    public static void Write(IReadOnlyList<DiskEntry> entries, int count, Random random, string folder)
    {
        var files = new Dictionary<string, CrashFile>(StringComparer.Ordinal);
        foreach (var entry in entries.Take(count))
            Follow(files, entry);
        foreach (var (path, file) in files)
            if (file.Image(random) is { } bytes)
                File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(path)), bytes);
    }

    private static void Follow(Dictionary<string, CrashFile> files, DiskEntry entry)
    {
        switch (entry.Operation)
        {
            case DiskOperation.Sync:
                files[entry.Path].Sync();
                break;
            case DiskOperation.Delete when entry.Offset != 0:
                // The folder was synced with it.
                files.Remove(entry.Path);
                break;
            case DiskOperation.Delete:
                files[entry.Path] = new CrashFile { Removed = files[entry.Path] };
                break;
            case DiskOperation.Open:
                files.TryAdd(entry.Path, new CrashFile());
                break;
            default:
                files[entry.Path].Change(entry);
                break;
        }
    }
}
