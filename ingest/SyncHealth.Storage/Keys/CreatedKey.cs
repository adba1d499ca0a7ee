namespace SyncHealth.Storage.Keys;

/// <summary>A key just made.</summary>
/// <param name="Text">The key itself: shown once, stored nowhere.</param>
/// <param name="Key">What it may do.</param>
public sealed record CreatedKey(string Text, IngestKey Key);
