namespace SyncHealth.Dashboard.Conflicts;

/// <summary>An entity type and how its conflicts went.</summary>
/// <param name="Entity">Its name, or what stands for it.</param>
/// <param name="Share">Of all conflicts, 0 to 1.</param>
/// <param name="Discarded">Edits that were discarded.</param>
/// <param name="Strategies">How they were settled, most first: "last write wins 80 %, CRDT 20 %".</param>
/// <param name="Kinds">How they arose, most first.</param>
public sealed record HotSpot(string Entity, long Conflicts, double Share, long Discarded, string Strategies, string Kinds);
