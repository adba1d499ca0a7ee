using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>
/// The newer edit stays, the older is discarded. Fit for data where losing one of two concurrent edits is tolerable;
/// every loss is reported, so that nobody has to guess how often that happens.
/// </summary>
public sealed class LastWriteWins : IConflictStrategy
{
    /// <inheritdoc/>
    public ConflictStrategy Name => ConflictStrategy.Lww;

    /// <inheritdoc/>
    public bool SettlesOnDevice => false;

    /// <summary>The later of two revisions: commutative, associative and idempotent, because the order is total.</summary>
    public static Revision Merge(Revision left, Revision right) => Compare(left, right) >= 0 ? left : right;

    /// <inheritdoc/>
    public Resolution Resolve(Revision local, Revision remote, Revision? origin) => Merge(local, remote) == local
        ? new Resolution(local, ConflictWinner.Local, LosesLocal: false, LosesRemote: true)
        : new Resolution(remote, ConflictWinner.Remote, LosesLocal: true, LosesRemote: false);

    /// <summary>Equal stamps with different content come only from a cloned device; content then decides, so that replicas still agree.</summary>
    private static int Compare(Revision left, Revision right)
    {
        var order = left.Edited.CompareTo(right.Edited);
        if (order == 0)
            order = left.IsDeleted.CompareTo(right.IsDeleted);
        if (order == 0)
            order = string.CompareOrdinal(left.Title, right.Title);
        return order != 0 ? order : string.CompareOrdinal(left.Body, right.Body);
    }
}
