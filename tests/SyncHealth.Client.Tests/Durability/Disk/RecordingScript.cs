namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>Writes down everything that changes a folder, in order.</summary>
internal sealed class RecordingScript : IDiskScript
{
    private readonly List<DiskEntry> _entries = [];

    public IReadOnlyList<DiskEntry> Entries => _entries;

    public int Before(DiskOperation operation, string path) => 0;

    public void After(DiskOperation operation, string path, ReadOnlySpan<byte> data, long offset) =>
        _entries.Add(new DiskEntry(operation, path, data.ToArray(), offset));
}
