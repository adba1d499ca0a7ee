namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>Decides what becomes of the operations on one folder.</summary>
internal interface IDiskScript
{
    /// <summary>Asked before an operation. Zero lets it happen; anything else is SQLite's code for how it fails instead.</summary>
    int Before(DiskOperation operation, string path);

    /// <summary>Told after one has happened, with what was written and where. The offset of a cut is the new length, that of a removal is 1 when the folder was synced with it.</summary>
    void After(DiskOperation operation, string path, ReadOnlySpan<byte> data, long offset);
}
