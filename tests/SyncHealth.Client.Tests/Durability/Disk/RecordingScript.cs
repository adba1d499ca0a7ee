namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>Writes down everything that changes a folder, in order.</summary>
/// <param name="syncs">Whether the disk hears of a wish that something survive; if not, none was uttered.</param>
internal sealed class RecordingScript(bool syncs = true) : IDiskScript
{
    private readonly List<DiskEntry> _entries = [];

    public IReadOnlyList<DiskEntry> Entries => _entries;

    public int Before(DiskOperation operation, string path) => 0;

    public void After(DiskOperation operation, string path, ReadOnlySpan<byte> data, long offset)
    {
        if (syncs || operation != DiskOperation.Sync)
            _entries.Add(new DiskEntry(operation, path, data.ToArray(), offset));
    }
}
