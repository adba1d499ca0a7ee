using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Conflicts;

/// <summary>The log of settled conflicts, inside the transaction of the caller.</summary>
internal static class ConflictLog
{
    /// <summary>Conflicts kept on the device so that a person can find again what was lost: more than anybody scrolls through.</summary>
    private const int Kept = 500;

    /// <param name="transaction">The one that settles the conflict.</param>
    /// <param name="notice">What became of it.</param>
    /// <param name="lost">The side that did not stay as it was.</param>
    /// <param name="at">When.</param>
    public static void Add(IStoreTransaction transaction, ConflictNotice notice, Revision lost, DateTimeOffset at)
    {
        transaction.Conflicts.Add(new SettledConflict(0, notice.NoteId, notice.Kind, notice.Winner, notice.Discarded, lost.Title, lost.Body, at));
        transaction.Conflicts.Trim(Kept);
    }
}
