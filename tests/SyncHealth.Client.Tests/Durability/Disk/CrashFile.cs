namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>One file as a disk may hold it when the power goes: what was synced, and any part of what was not.</summary>
internal sealed class CrashFile
{
    /// <summary>What a disk writes at once; a longer write can tear between two of them.</summary>
    private const int SectorBytes = 512;

    private readonly List<DiskEntry> _unsynced = [];
    private byte[] _synced = [];

    /// <summary>The file of this name before, whose removal may not have reached the disk.</summary>
    public CrashFile? Removed { get; init; }

    /// <summary>Whether the name itself is on the disk: with the first sync (ext4, APFS and NTFS keep both in one journal).</summary>
    public bool IsNamed { get; private set; }

    public void Change(DiskEntry entry) => _unsynced.Add(entry);

    public void Sync()
    {
        foreach (var entry in _unsynced)
            _synced = Apply(_synced, entry, null);
        _unsynced.Clear();
        IsNamed = true;
    }

    /// <summary>What may be found after the power came back; null is no file.</summary>
    public byte[]? Image(Random random)
    {
        if (!IsNamed && random.Next(2) == 0)
            return Removed?.Image(random);
        var bytes = _synced;
        foreach (var entry in _unsynced)
            if (random.Next(2) == 0)
                bytes = Apply(bytes, entry, random.Next(3) == 0 ? random : null);
        return bytes;
    }

    private static byte[] Apply(byte[] bytes, DiskEntry entry, Random? tear)
    {
        var length = entry.Operation == DiskOperation.Truncate ? entry.Offset : Math.Max(bytes.Length, entry.Offset + entry.Data.Length);
        var changed = new byte[length];
        Array.Copy(bytes, changed, Math.Min(bytes.Length, length));
        for (var at = 0; at < entry.Data.Length; at += SectorBytes)
            if (tear is null || tear.Next(2) == 0)
                Array.Copy(entry.Data, at, changed, entry.Offset + at, Math.Min(SectorBytes, entry.Data.Length - at));
        return changed;
    }
}
