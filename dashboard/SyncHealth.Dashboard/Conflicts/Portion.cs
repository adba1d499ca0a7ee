namespace SyncHealth.Dashboard.Conflicts;

/// <summary>A part of a whole.</summary>
/// <param name="Share">0 to 1.</param>
public sealed record Portion(string Name, long Count, double Share);
