namespace SyncHealth.SyncEngine.Outbox;

/// <summary>An operation and where it stands on its way: open until it is sealed into a batch, or parked until a person or another edit frees it.</summary>
/// <param name="Operation">What is to be sent. Sealed, it never changes, so that every retry says the same.</param>
/// <param name="QueuedAt">When the first edit folded into it was made.</param>
/// <param name="BatchKey">Idempotency key of the batch that it is sealed into; null before the first attempt.</param>
/// <param name="ParkedCode">Why it is kept back: the server refused it for good, or its conflict waits for the app; null otherwise.</param>
/// <param name="Strikes">Cycles in which the server failed on it alone, and served everything else.</param>
/// <param name="Priority">How soon it leaves; null for that of its entity. Sealed, it has one of its own.</param>
/// <param name="ParentId">The record that it builds upon: nothing is sent while an operation of that one waits. Null for none.</param>
public sealed record OutboxEntry(
    Operation Operation, DateTimeOffset QueuedAt, string? BatchKey = null, string? ParkedCode = null, int Strikes = 0,
    OperationPriority? Priority = null, string? ParentId = null)
{
    /// <summary>Position in the outbox.</summary>
    public long Sequence => Operation.Sequence;

    /// <summary>Sent, or about to be, and not answered.</summary>
    public bool IsSealed => BatchKey is not null;

    /// <summary>Kept back; it blocks nobody.</summary>
    public bool IsParked => ParkedCode is not null;

    /// <summary>Can still take edits, and is sent next.</summary>
    public bool IsOpen => !IsSealed && !IsParked;
}
