namespace SyncHealth.Dashboard.Health;

/// <summary>The change of a tile against the previous period.</summary>
/// <param name="Text">With sign and unit: <c>−9.1 pts</c>.</param>
/// <param name="Rose">Whether the number rose; says nothing about good or bad.</param>
public sealed record TileChange(Trend Trend, string Text, bool Rose);
