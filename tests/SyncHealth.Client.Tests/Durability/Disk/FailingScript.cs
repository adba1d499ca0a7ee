namespace SyncHealth.Client.Tests.Durability.Disk;

/// <summary>Fails from its k-th operation on, until the fault is over. Without a k it counts.</summary>
/// <param name="from">The first operation that fails, from 1.</param>
/// <param name="code">SQLite's code for a failure, by what was asked; zero lets it pass.</param>
internal sealed class FailingScript(int from, Func<DiskOperation, int> code) : IDiskScript
{
    private int _seen;
    private int _struck;
    private volatile bool _over;

    public int Seen => Volatile.Read(ref _seen);

    /// <summary>How often it failed something.</summary>
    public int Struck => Volatile.Read(ref _struck);

    /// <summary>The disk is well again.</summary>
    public void Heal() => _over = true;

    public int Before(DiskOperation operation, string path)
    {
        if (Interlocked.Increment(ref _seen) < from || _over)
            return 0;
        var failure = code(operation);
        if (failure != 0)
            Interlocked.Increment(ref _struck);
        return failure;
    }

    public void After(DiskOperation operation, string path, ReadOnlySpan<byte> data, long offset)
    {
        // Only what fails is of interest.
    }
}
