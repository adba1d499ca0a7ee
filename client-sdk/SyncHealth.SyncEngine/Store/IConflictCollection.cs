using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>What is kept of conflicts: the log of those that are settled, those that wait for the app, and its decisions until a cycle has reported them.</summary>
public interface IConflictCollection
{
    /// <summary>Appends to the log under a number that is greater than every one given out before.</summary>
    /// <param name="conflict">Its own number is not used.</param>
    void Add(SettledConflict conflict);

    /// <summary>The log, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="isLossOnly">Only conflicts in which an edit was lost.</param>
    IReadOnlyList<SettledConflict> Newest(int limit, bool isLossOnly = false);

    /// <summary>Leaves only the newest of the log.</summary>
    void Trim(int keep);

    /// <summary>The conflict of a record that waits for the app, or null.</summary>
    HeldConflict? FindHeld(string noteId);

    /// <summary>Every conflict that waits for the app: the one met first comes first, those of one moment by id, ordinal.</summary>
    IReadOnlyList<HeldConflict> Held();

    /// <summary>Keeps a conflict for the app, in place of an earlier one of the same record.</summary>
    void PutHeld(HeldConflict held);

    /// <summary>The conflict of a record waits no more.</summary>
    void RemoveHeld(string noteId);

    /// <summary>Keeps a decision of the app, which is <see cref="Contracts.ConflictStrategy.Manual"/>, until it is reported.</summary>
    void AddDecision(ConflictNotice decision);

    /// <summary>Gives out the decisions in their order, and forgets them: the caller reports them.</summary>
    IReadOnlyList<ConflictNotice> TakeDecisions();
}
