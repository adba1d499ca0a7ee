using SyncHealth.SyncEngine.Outbox;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// The durable queue of local changes, entry by entry. It knows no rules: what folds into what, what is sealed and what is parked is decided by
/// <see cref="OutboxQueue"/>, once for every store.
/// </summary>
public interface IOutboxCollection
{
    /// <summary>The entries of a record, oldest first.</summary>
    IReadOnlyList<OutboxEntry> Of(string noteId);

    /// <summary>One entry, or null.</summary>
    OutboxEntry? Find(long sequence);

    /// <summary>
    /// Entries that may go into a batch now, by priority, then the oldest: neither sealed nor parked, of no record that has a sealed one, and building upon
    /// no record that has any.
    /// </summary>
    /// <param name="choice">Of which priorities, and which are left out.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<OutboxEntry> Open(BatchChoice choice, int limit);

    /// <summary>
    /// How many entries wait and may not leave, or not yet: those that build, over all generations, upon a record with a parked or low entry; and low ones beside them.
    /// </summary>
    /// <param name="choice">Knows the priorities.</param>
    HeldBack HeldBack(BatchChoice choice);

    /// <summary>The sealed entries, oldest first.</summary>
    IReadOnlyList<OutboxEntry> Sealed();

    /// <summary>How many entries wait, how many are parked, and since when the oldest waits.</summary>
    OutboxDepth Depth();

    /// <summary>Entities of everything in the outbox, each once, in no order.</summary>
    IReadOnlyList<string> Entities();

    /// <summary>Appends an entry under a sequence number that is greater than every one given out before, also those of removed entries; returns it.</summary>
    /// <param name="entry">Its own sequence number is not used.</param>
    long Add(OutboxEntry entry);

    /// <summary>Puts an entry in place of the one with its sequence number; since when it waits stays. Nothing happens when there is none.</summary>
    void Update(OutboxEntry entry);

    /// <summary>Removes an entry, if there is one.</summary>
    void Remove(long sequence);
}
