namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>An <see cref="OrSet"/> as text.</summary>
/// <param name="Seen">The highest number of each device whose addition has been seen.</param>
/// <param name="Items">Each item with its additions that stand: device and number.</param>
internal sealed record OrSetForm(IReadOnlyDictionary<string, long>? Seen, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>? Items);
