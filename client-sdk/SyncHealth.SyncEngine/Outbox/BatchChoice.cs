using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Outbox;

/// <summary>Which operations may go into a batch.</summary>
/// <param name="Highest">The most urgent ones that may.</param>
/// <param name="Lowest">The least urgent ones.</param>
public sealed record BatchChoice(OperationPriority Highest, OperationPriority Lowest)
{
    /// <summary>All of them.</summary>
    public static readonly BatchChoice All = new(OperationPriority.High, OperationPriority.Low);

    /// <summary>All but bulk.</summary>
    public static readonly BatchChoice Edits = new(OperationPriority.High, OperationPriority.Medium);

    /// <summary>Bulk.</summary>
    public static readonly BatchChoice Bulk = new(OperationPriority.Low, OperationPriority.Low);

    /// <summary>Priorities of entities; one that is not named is medium.</summary>
    public IReadOnlyDictionary<string, OperationPriority> Priorities { get; init; } = new Dictionary<string, OperationPriority>();

    /// <summary>Sequence numbers that are left out.</summary>
    public IReadOnlyCollection<long> PassedOver { get; init; } = [];

    /// <summary>How soon an entry leaves.</summary>
    public OperationPriority PriorityOf(OutboxEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Priority ?? (Priorities.TryGetValue(RecordId.EntityOf(entry.Operation.NoteId), out var priority) ? priority : OperationPriority.Medium);
    }

    /// <summary>Whether an entry is as urgent as it has to be, and no more.</summary>
    public bool Takes(OutboxEntry entry) => PriorityOf(entry) is var priority && priority >= Highest && priority <= Lowest;
}
