namespace SyncHealth.Storage.Writes;

/// <summary>What a commit did with one batch. Returned only after COMMIT with <c>synchronous_commit=on</c>.</summary>
/// <param name="Status">Whether the batch is durable, and if not, why.</param>
/// <param name="Accepted">Events that were new.</param>
/// <param name="Duplicates">Events already known by identity, another body included.</param>
/// <param name="IdConflicts">Of the duplicates, those whose body differed from the kept one.</param>
/// <param name="Erased">Positions in the batch of events whose device or user was erased, in no order: they were not written. Null when there are none.</param>
public readonly record struct WriteReceipt(WriteStatus Status, int Accepted, int Duplicates, int IdConflicts, IReadOnlyList<int>? Erased = null);
