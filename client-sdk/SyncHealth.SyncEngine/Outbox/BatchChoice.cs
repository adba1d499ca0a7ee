namespace SyncHealth.SyncEngine.Outbox;

/// <summary>Which operations may go into a batch.</summary>
/// <param name="Highest">The most urgent ones that may.</param>
/// <param name="Lowest">The least urgent ones.</param>
internal sealed record BatchChoice(OperationPriority Highest, OperationPriority Lowest)
{
    /// <summary>All of them.</summary>
    public static readonly BatchChoice All = new(OperationPriority.High, OperationPriority.Low);

    /// <summary>All but bulk.</summary>
    public static readonly BatchChoice Edits = new(OperationPriority.High, OperationPriority.Medium);

    /// <summary>Bulk.</summary>
    public static readonly BatchChoice Bulk = new(OperationPriority.Low, OperationPriority.Low);

    /// <summary>Priorities of entities, as a JSON object; an entity that is not named is medium.</summary>
    public string Priorities { get; init; } = "{}";

    /// <summary>Sequence numbers that are left out.</summary>
    public IReadOnlyCollection<long> PassedOver { get; init; } = [];
}
